"""Old sessions and old tries that failed are deleted by the clock; what still counts is kept."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from schola.kernel import clock
from schola.kernel.jobs import run_waiting
from schola.kernel.jobs.schedules import scheduled
from schola.kernel.models import Organization
from schola.kernel.tenants import acting_in
from schola.people.actions import add_person, guessing, sign_in
from schola.people.models import Session, SignInFailure
from schola.people.rights import make_built_in_roles
from schola.people.sessions import open_session
from schola.people.upkeep import forget_sign_ins

DAY = timedelta(days=1)


@pytest.fixture
def fail(db):
    """Let a try fail that long ago, by an account that never gets in: fail(days=8)."""

    def make(**ago):
        failure = SignInFailure.objects.create(account="0" * 64, at=clock.now() - timedelta(**ago))
        return failure.pk

    return make


@pytest.fixture
def session(rf):
    """Open a session of somebody that ends in so many days, or has ended: session(ada, -31)."""

    def make(person, days):
        open_session(rf.get("/"), person)
        mine = Session.objects.order_by("-pk").first()
        Session.objects.filter(pk=mine.pk).update(expires_at=clock.now() + days * DAY)
        return mine.pk

    return make


def kept(model):
    return set(model.objects.values_list("pk", flat=True))


def test_it_comes_by_the_clock():
    assert forget_sign_ins.name in scheduled


def test_tries_of_accounts_that_never_get_in_are_deleted_after_a_week(school, fail):
    fail(days=8)
    young = {fail(days=6), fail(minutes=1)}

    forget_sign_ins()
    forget_sign_ins()

    assert kept(SignInFailure) == young


def test_what_counts_against_guessing_goes_on_to_count(school, ada):
    def guess():
        with pytest.raises(ValidationError) as error:
            sign_in(ada.email, "wrong", None)
        return error.value.messages[0]

    for _n in range(guessing.MOST):
        guess()

    forget_sign_ins()

    assert "Too many tries." in guess()


def test_sessions_are_deleted_a_month_after_their_end(ada, session):
    session(ada, -31)
    young = {session(ada, -29), session(ada, 3)}

    forget_sign_ins()
    forget_sign_ins()

    assert kept(Session) == young


def test_more_than_one_piece_goes(school, fail, monkeypatch):
    monkeypatch.setattr(guessing, "PIECE", 2)
    for _n in range(5):
        fail(days=8)

    assert guessing.forget_failures() == 5


def test_as_a_job_it_leaves_the_sessions_of_other_organizations(ada, session, person, rf):
    session(ada, -31)
    other = Organization.objects.create(name="Other", host="other.example.org")
    with acting_in(other.pk):
        make_built_in_roles()
        theirs = session(add_person("grace@example.org", "Grace", user=ada.user), -31)

    forget_sign_ins.enqueue()
    run_waiting()

    assert not kept(Session)
    with acting_in(other.pk):
        assert kept(Session) == {theirs}
