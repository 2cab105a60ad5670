"""Tables of people: who they are, how they sign in, what they may do, where they belong."""

from schola.people.models.group import Group, GroupMember
from schola.people.models.person import Person
from schola.people.models.person_import import ImportRow, PersonImport
from schola.people.models.role import Role, RoleGrant
from schola.people.models.session import Session, SignInFailure, SignInToken
from schola.people.models.user import User

__all__ = [
    "Group",
    "GroupMember",
    "ImportRow",
    "Person",
    "PersonImport",
    "Role",
    "RoleGrant",
    "Session",
    "SignInFailure",
    "SignInToken",
    "User",
]
