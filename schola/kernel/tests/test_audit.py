import pytest
from django.db import DatabaseError, connection, transaction

from schola.kernel import audit
from schola.kernel.audit.triggers import lay_triggers, lift_triggers
from schola.kernel.models import AuditEntry, AuditValues, Organization
from schola.kernel.tenants import acting_in


class Editor:
    """What the triggers need of a schema editor, inside the transaction of a test."""

    connection = connection

    def execute(self, sql):
        with connection.cursor() as cursor:
            cursor.execute(sql)


@pytest.fixture
def trail(db):
    organization = Organization.objects.create(name="Audited")
    lift_triggers(Editor())
    lay_triggers(Editor())
    with acting_in(organization.pk):
        audit.act(1, "role.given", "person", 2, after={"role": "manager"})
        audit.act(1, "grade.changed", "grade", 5, before={"points": 1}, after={"points": 2})
        audit.read(1, "grades", "course", 3)
        audit.chain_all()
        yield organization


def change(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def unguarded():
    lift_triggers(Editor())


def faults(organization):
    return [line for line in audit.verify(organization) if "no longer guards" not in line]


def test_an_honest_trail_has_no_faults(trail):
    assert audit.verify(trail) == []
    assert list(AuditEntry.objects.order_by("seq").values_list("seq", flat=True)) == [1, 2, 3]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE kernel_auditentry SET act = 'x' WHERE seq = 2",
        "UPDATE kernel_auditentry SET hash = 'x' WHERE seq = 2",
        "DELETE FROM kernel_auditentry WHERE seq = 3",
    ],
)
def test_the_database_refuses_to_change_an_entry(trail, sql):
    AuditValues.objects.all().delete()

    with pytest.raises(DatabaseError), transaction.atomic():
        change(sql)


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("UPDATE kernel_auditentry SET act = 'x' WHERE seq = 2", "Entry 2 (x) was changed."),
        ("UPDATE kernel_auditentry SET actor_id = 9 WHERE seq = 1", "was changed"),
        ("DELETE FROM kernel_auditentry WHERE seq = 2", "Entries 2 to 2 are missing."),
        ("DELETE FROM kernel_auditentry WHERE seq = 3", "should end with entry 3"),
    ],
)
def test_a_change_behind_our_back_is_found(trail, sql, words):
    unguarded()
    AuditValues.objects.all().delete()

    change(sql)

    assert any(words in line for line in faults(trail))


def test_changed_values_are_found_and_erased_ones_are_no_fault(trail):
    AuditValues.objects.filter(entry__seq=2).update(after={"points": 3})
    assert faults(trail) == ["The values of entry 2 (grade.changed) were changed."]

    assert audit.erase_values("grade", 5) == 1
    assert audit.verify(trail) == []


def test_missing_guards_are_said(trail):
    unguarded()

    assert len(audit.verify(trail)) == 2
