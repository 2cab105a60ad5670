"""What people do to people is called, and where it was done."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext_lazy as _

from schola.kernel.audit.words import Thing, name_acts, name_things, numbers
from schola.kernel.permissions import held_on, reach
from schola.people.models import Group, Person, PersonImport, Role

name_acts(
    {
        "person.added": _("added"),
        "person.change": _("changed"),
        "person.invite": _("invited"),
        "person.suspend": _("suspended"),
        "person.reinstate": _("let in again"),
        "person.give-role": _("given a role"),
        "person.change-role-end": _("the end of a role changed"),
        "person.take-role": _("a role taken away"),
        "person.join": _("put into a group"),
        "group.joined": _("put into a group"),
        "group.left": _("taken out of a group"),
        "group.made": _("group made"),
        "group.renamed": _("group renamed"),
        "group.deleted": _("group deleted"),
        "role.made": _("role made"),
        "role.changed": _("role changed"),
        "role.restored": _("role as delivered again"),
        "role.deleted": _("role deleted"),
        "people.imported": _("people imported"),
        "people.import-undone": _("import undone"),
        "school.changed": _("settings changed"),
        "job.replay": _("job tried again"),
        "job.discard": _("job let go"),
        "read audit.csv": _("looked at the audit trail"),
    }
)


def find_people(ids: Collection[str], reader: Person) -> Mapping[str, Thing]:
    """Return people by their names."""
    found = Person.objects.filter(pk__in=numbers(ids))
    found = found.annotate(may_open=held_on(reader, "people.view", Person))
    rows = found.values_list("pk", "full_name", "may_open")
    return {
        str(pk): Thing(name, f"/people/{pk}" if may_open else "") for pk, name, may_open in rows
    }


def find_imports(ids: Collection[str], reader: Person) -> Mapping[str, Thing]:
    """Return imports by the names of their files."""
    found = PersonImport.objects.filter(pk__in=numbers(ids)).values_list("pk", "file__name")
    may_open = reach(reader, "people.import").organization
    return {str(pk): Thing(name, f"/people/import/{pk}" if may_open else "") for pk, name in found}


def find_groups(ids: Collection[str], reader: Person) -> Mapping[str, Thing]:
    """Return groups by their names."""
    found = Group.objects.filter(pk__in=numbers(ids)).values_list("pk", "name")
    may_open = reach(reader, "groups.view").organization
    return {str(pk): Thing(name, f"/groups/{pk}" if may_open else "") for pk, name in found}


def find_roles(ids: Collection[str], reader: Person) -> Mapping[str, Thing]:
    """Return roles by their names."""
    found = Role.objects.filter(pk__in=numbers(ids)).values_list("pk", "name", "key")
    may_open = reach(reader, "roles.define").organization
    return {
        str(pk): Thing(name, f"/settings/roles/{key}" if may_open else "")
        for pk, name, key in found
    }


name_things("person", _("Person"), find_people)
name_things("group", _("Group"), find_groups)
name_things("role", _("Role"), find_roles)
name_things("import", _("Import"), find_imports)
name_things("organization", _("School"))
name_things("job", _("Job"))
name_things("trail", _("Audit trail"))
