"""What can be done to people."""

from schola.people.actions.groups import add_to_group, make_group, remove_from_group
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
    give_role,
    reinstate,
    suspend,
    take_role,
)
from schola.people.actions.sign_in import sign_in

__all__ = [
    "accept",
    "add_person",
    "add_to_group",
    "change_person",
    "give_role",
    "invite",
    "make_group",
    "reinstate",
    "remove_from_group",
    "send_reset",
    "set_password",
    "sign_in",
    "suspend",
    "take_role",
    "token_for",
]
