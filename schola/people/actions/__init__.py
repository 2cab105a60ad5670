"""What can be done to people."""

from schola.people.actions.grants import change_role_end, give_role, take_role
from schola.people.actions.groups import (
    add_to_group,
    delete_group,
    make_group,
    remove_from_group,
    rename_group,
)
from schola.people.actions.invitations import (
    accept,
    invite,
    send_reset,
    set_password,
    token_for,
)
from schola.people.actions.people import (
    add_person,
    change_person,
    reinstate,
    suspend,
)
from schola.people.actions.roles import change_role, copy_role, delete_role, restore_role
from schola.people.actions.sign_in import sign_in

__all__ = [
    "accept",
    "add_person",
    "add_to_group",
    "change_person",
    "change_role",
    "change_role_end",
    "copy_role",
    "delete_group",
    "delete_role",
    "give_role",
    "invite",
    "make_group",
    "reinstate",
    "remove_from_group",
    "rename_group",
    "restore_role",
    "send_reset",
    "set_password",
    "sign_in",
    "suspend",
    "take_role",
    "token_for",
]
