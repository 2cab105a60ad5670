"""Making roles of one's own, and changing what roles hold."""

from collections.abc import Iterable
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from schola.kernel.permissions import declared_for
from schola.kernel.revision import StaleRevision
from schola.people.elsewhere import holding
from schola.people.models import Role, RoleGrant
from schola.people.rights import a_keeper_stays, held_by, roles_changed


@transaction.atomic
def copy_role(original: Role, name: str) -> Role:
    """Make a role of the organization's own that holds what another one holds now.

    Raises ValidationError if there is a role of that name.
    """
    with a_keeper_stays():
        _name_must_be_free(name)
        held = sorted(held_by(original))
        role = Role.objects.create(key=_new_key(name), name=name, capabilities=held)
    roles_changed()
    return role


@transaction.atomic
def change_role(role: Role, seen: int, capabilities: Iterable[str], name: str = "") -> None:
    """Let a role hold these capabilities, and one of the organization's own have this name.

    A built-in role that holds again what it was delivered with follows new versions again.
    Raises StaleRevision if somebody else changed it meanwhile, and ValidationError if nobody
    could change roles any more or the name is taken.
    """
    wanted = frozenset(capabilities)
    as_delivered = role.built_in and wanted == declared_for(role.key)
    with a_keeper_stays():
        _must_be_at(role, seen)
        if not role.built_in:
            _name_must_be_free(name, role)
            role.name = name
        role.capabilities = None if as_delivered else sorted(wanted)
        role.save(update_fields=["name", "capabilities"])
    roles_changed()


def restore_role(role: Role, seen: int) -> None:
    """Let a built-in role hold again what it was delivered with. Raises as `change_role`."""
    if not role.built_in:
        raise ValidationError(_("Only a built-in role can be as it was delivered."))
    change_role(role, seen, declared_for(role.key))


@transaction.atomic
def delete_role(role: Role, seen: int) -> None:
    """Delete a role of the organization's own that nobody holds any more.

    Raises ValidationError for a built-in role and while somebody holds it; StaleRevision.
    """
    if role.built_in:
        raise ValidationError(_("A built-in role cannot be deleted."))
    with a_keeper_stays():
        _must_be_at(role, seen)
        if RoleGrant.objects.open().filter(role=role).exists() or _is_held_elsewhere(role):
            raise ValidationError(_("Somebody holds this role. Take it away from them first."))
        RoleGrant.objects.filter(role=role).delete()
        role.delete()
    roles_changed()


def _is_held_elsewhere(role: Role) -> bool:
    return any(source().filter(role=role.key).exists() for source in holding)


def _must_be_at(role: Role, seen: int) -> None:
    current = Role.objects.get(pk=role.pk).revision
    if current != seen:
        raise StaleRevision(current)


def _name_must_be_free(name: str, but: Role | None = None) -> None:
    """Compare with what roles are called on this page, too: built-in ones are translated."""
    if not name:
        raise ValidationError(_("Write a name."))
    others = Role.objects.exclude(pk=but.pk if but else None)
    taken = {words.casefold() for role in others for words in (role.label, role.name)}
    if name.casefold() in taken:
        raise ValidationError(_("There is a role of this name already. Choose another."))


def _new_key(name: str) -> str:
    """Return a key that no role has, after the name where that can be written in an address."""
    key = slugify(name)[:32].strip("-") or "role"
    if Role.objects.filter(key=key).exists():
        key = f"{key}-{uuid4().hex[:6]}"
    return key
