"""What can be done to courses."""

from schola.courses.actions.activities import (
    add_activity,
    change_activity,
    move_activity,
    order_activities,
    publish_activity,
    publish_all,
    remove_activity,
    save_draft,
    tell_content_ready,
)
from schola.courses.actions.courses import (
    change_course,
    create_course,
    lock_course,
    publish_course,
    touch,
    unpublish_course,
)
from schola.courses.actions.modules import (
    add_module,
    move_module,
    remove_module,
    rename_module,
)
from schola.courses.actions.prerequisites import set_prerequisites, stamp_of

__all__ = [
    "add_activity",
    "add_module",
    "change_activity",
    "change_course",
    "create_course",
    "lock_course",
    "move_activity",
    "move_module",
    "order_activities",
    "publish_activity",
    "publish_all",
    "publish_course",
    "remove_activity",
    "remove_module",
    "rename_module",
    "save_draft",
    "set_prerequisites",
    "stamp_of",
    "tell_content_ready",
    "touch",
    "unpublish_course",
]
