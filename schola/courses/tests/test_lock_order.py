"""Two authors change one course at once: each locks the course first, so none waits in a circle."""

from decimal import Decimal

import pytest
from django.db import transaction

from schola.courses import actions
from schola.courses.models import Activity, ActivityVersion, Course, Module
from schola.kernel.tests.writers import two_writers

ACTS = {
    "add": lambda page: actions.add_activity(page.module, "page", "New"),
    "change": lambda page: actions.change_activity(page, page.revision, points=Decimal(2)),
    "save": lambda page: actions.save_draft(page, {"body": "<p>x"}, page.draft.revision),
    "publish": lambda page: actions.publish_activity(page),
    "publish all": lambda page: actions.publish_all(page.course),
    "hide": lambda page: actions.unpublish_course(page.course),
    "move": lambda page: actions.move_activity(page, page.module, 0),
    "order": lambda page: actions.order_activities(page.module, []),
    "remove": lambda page: actions.remove_activity(page),
    "conditions": lambda page: actions.set_prerequisites(page, None),
    "add module": lambda page: actions.add_module(page.course, "New"),
    "rename module": lambda page: actions.rename_module(page.module, 1, "New"),
    "move module": lambda page: actions.move_module(page.module, None, 0),
    "remove module": lambda page: actions.remove_module(page.course.modules.get(title="Empty")),
}


@pytest.fixture
def page(add, course):
    """A published page with a newer draft, in a course with a second, empty module."""
    actions.add_module(course, "Empty")
    page = add("page")
    actions.save_draft(page, {"body": "<p>Newer."}, page.draft.revision)
    return page


@two_writers
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("act", ACTS)
def test_who_waits_for_the_course_holds_nothing_that_lies_in_it(
    act, page, beside, until_somebody_waits
):
    done = []
    with transaction.atomic():
        Course.objects.select_for_update(no_key=True).get(pk=page.course_id)
        acting = beside(lambda: done.append(ACTS[act](Activity.objects.get(pk=page.pk))))
        until_somebody_waits()
        for model in (Module, Activity, ActivityVersion):
            list(model.objects.select_for_update(nowait=True))
    acting.join()

    assert len(done) == 1
