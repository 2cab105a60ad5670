"""Signing in, out, and what keeps others out."""

from datetime import timedelta

import pytest

from schola.kernel import clock
from schola.people.actions import accept, add_person, suspend, token_for
from schola.people.models import Session, SignInFailure
from schola.people.sessions import digest

PASSWORD = "correct horse battery"


@pytest.fixture
def grace(school):
    grace = add_person("grace@example.org", "Grace Hopper")
    return accept(token_for(grace, "invitation"), PASSWORD)


def sign_in(client, password=PASSWORD, email="grace@example.org", *, address="", **more):
    sent = {"email": email, "password": password} | more
    return client.post("/signin", sent, REMOTE_ADDR=address or "127.0.0.1")


def test_the_right_password_lets_in(client, grace):
    answer = sign_in(client, next="/courses")

    assert answer.status_code == 302
    assert answer.headers["Location"] == "/courses"
    assert client.get("/courses").status_code == 200


@pytest.mark.parametrize("where", ["https://evil.example", "//evil.example", "javascript:alert(1)"])
def test_nobody_is_sent_elsewhere(client, grace, where):
    assert sign_in(client, next=where).headers["Location"] == "/"


def test_guessing_is_stopped_and_forgotten(client, grace):
    for _ in range(6):
        assert sign_in(client, "wrong password").status_code == 422
    assert sign_in(client).status_code == 429

    SignInFailure.objects.update(at=clock.now() - timedelta(minutes=16))

    assert sign_in(client).status_code == 302


def test_who_guesses_from_one_address_keeps_no_other_out(client, grace):
    for _ in range(9):
        sign_in(client, "wrong password", address="203.0.113.1")
    assert SignInFailure.objects.count() == 6
    SignInFailure.objects.create(account=digest(grace.email), address="203.0.113.2", at=clock.now())

    assert sign_in(client, address="203.0.113.3").status_code == 302
    assert not SignInFailure.objects.exists()


def test_guesses_that_arrive_together_from_one_address_keep_no_other_out(client, grace):
    arriving = {"account": digest(grace.email), "address": "203.0.113.1", "at": clock.now()}
    SignInFailure.objects.bulk_create(SignInFailure(**arriving) for _ in range(20))

    assert sign_in(client, address="203.0.113.1").status_code == 429
    assert sign_in(client, address="203.0.113.3").status_code == 302


def test_a_suspended_person_with_the_right_password_has_not_guessed(client, grace, otto):
    suspend(grace, by=otto)

    assert sign_in(client).status_code == 422
    assert not SignInFailure.objects.exists()


def test_a_suspended_person_is_out_at_the_next_request(client, grace, otto):
    sign_in(client)
    suspend(grace, by=otto)

    assert client.get("/").status_code == 302
    assert not Session.objects.filter(person=grace).exists()


def test_a_link_works_once(client, school):
    person = add_person("alan@example.org", "")
    token = token_for(person, "invitation")
    words = {"full_name": "Alan Turing", "password": "enigma enigma"}

    assert client.post(f"/welcome/{token}", words).status_code == 302
    person.refresh_from_db()
    assert person.full_name == "Alan Turing"
    assert client.post(f"/welcome/{token}", words).status_code == 410


def test_a_weak_password_is_refused_in_words(client, school):
    token = token_for(add_person("alan@example.org", ""), "invitation")

    answer = client.post(f"/welcome/{token}", {"full_name": "Alan", "password": "short"})

    assert answer.status_code == 422
    assert "at least 10 characters" in answer.text


def test_a_form_of_another_site_is_refused(client, grace):
    answer = client.post("/signin", {}, headers={"origin": "https://evil.example"})

    assert answer.status_code == 403


def test_the_sign_in_page_costs_no_query(client, school, django_assert_max_num_queries):
    client.get("/signin")

    with django_assert_max_num_queries(1):
        client.get("/signin")
