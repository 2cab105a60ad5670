"""PostgreSQL itself keeps organizations apart, whatever a query forgets."""

import pytest
from django.db import DatabaseError, connection, transaction

from schola.courses.actions import create_course
from schola.courses.models import Course
from schola.kernel.models import Job, Organization
from schola.kernel.row_security import is_passed_by, open_tables
from schola.kernel.signals import announce, prune
from schola.kernel.tenants import NoOrganization, acting_in, everywhere
from schola.people.rights import make_built_in_roles

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no row security"),
]


@pytest.fixture
def ours():
    return Organization.objects.create(name="Ours")


@pytest.fixture
def theirs():
    """Another organization with a course."""
    other = Organization.objects.create(name="Theirs", host="theirs.example.org")
    with acting_in(other.pk):
        make_built_in_roles()
        create_course("Secret")
    return other


def run(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else cursor.rowcount


def test_every_owned_table_has_its_policy(db):
    assert open_tables() == []


def test_the_tests_run_as_a_user_who_cannot_pass_the_policies_by(db):
    assert not is_passed_by()


def test_a_query_by_hand_sees_no_row_of_another_organization(ours, theirs):
    with acting_in(ours.pk):
        assert run("SELECT title FROM courses_course") == []
    with acting_in(theirs.pk):
        assert run("SELECT title FROM courses_course") == [("Secret",)]


def test_a_query_by_hand_changes_and_deletes_no_row_of_another_organization(ours, theirs):
    with acting_in(ours.pk):
        assert run("UPDATE courses_course SET title = 'Mine'") == 0
        assert run("DELETE FROM courses_module") == 0

    with acting_in(theirs.pk):
        assert Course.objects.get().title == "Secret"


def test_no_row_is_put_into_another_organization(ours, theirs):
    put = "INSERT INTO kernel_signal (organization_id, channel, data, at)"
    put += " VALUES (%s, 'x', '{}', now())"

    refused = pytest.raises(DatabaseError, match="row-level security")

    with acting_in(ours.pk), refused, transaction.atomic():
        run(put, theirs.pk)


def test_whoever_says_no_organization_sees_nothing(theirs):
    assert run("SELECT title FROM courses_course") == []


def test_a_query_that_fails_in_a_savepoint_spoils_nothing_around_it(ours):
    with acting_in(ours.pk), transaction.atomic():
        create_course("First")
        with pytest.raises(DatabaseError), transaction.atomic():
            run("SELECT 1 / 0")
        create_course("Second")

        assert Course.objects.count() == 2


def test_the_database_hears_where_we_act_after_a_transaction_is_undone(ours, theirs):
    with acting_in(ours.pk):
        with transaction.atomic():
            with acting_in(theirs.pk):
                assert Course.objects.count() == 1
            transaction.set_rollback(True)
        assert run("SELECT title FROM courses_course") == []
    with acting_in(theirs.pk):
        assert run("SELECT title FROM courses_course") == [("Secret",)]


def test_only_the_kernel_looks_everywhere_and_says_so(ours, theirs):
    for organization in (ours, theirs):
        with acting_in(organization.pk):
            announce("somewhere", {})

    with everywhere():
        assert run("SELECT DISTINCT organization_id FROM kernel_signal ORDER BY 1") == [
            (ours.pk,),
            (theirs.pk,),
        ]
    assert prune() == 0
    with pytest.raises(NoOrganization):
        Job.objects.across()
