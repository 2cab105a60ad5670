import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from schola.kernel.idempotency import forget_answers, idempotent
from schola.kernel.models import Organization, Signal, StoredAnswer
from schola.kernel.signals import announce
from schola.kernel.tenants import acting_in

KEY = "0123456789abcdef"


@pytest.fixture(autouse=True)
def place(db):
    with acting_in(Organization.objects.create(name="Once").pk):
        yield


@idempotent
def save(request):
    announce("saved", {"text": request.POST.get("text", "")})
    status = int(request.POST.get("status", 201))
    if status == 500:
        raise ZeroDivisionError
    return HttpResponse(
        "y" * int(request.POST.get("size", 2)), status=status, headers={"Location": "/x"}
    )


def send(rf, key=KEY, path="/save", person=1, **fields):
    request = rf.post(path, fields, headers={"Idempotency-Key": key} if key else {})
    request.person = type("Person", (), {"pk": person})
    return save(request)


def test_the_same_request_is_done_once_and_answered_twice(rf):
    first, second = send(rf, text="a"), send(rf, text="a", csrfmiddlewaretoken="other")

    assert Signal.objects.count() == 1
    assert (first.status_code, first.content) == (second.status_code, second.content)
    assert second["Location"] == "/x"


def test_the_hidden_field_is_a_key_too(rf):
    send(rf, key="", _key=KEY, text="a")
    send(rf, key="", _key=KEY, text="a")

    assert Signal.objects.count() == 1


def test_another_content_under_the_same_key_is_refused(rf):
    send(rf, text="a")

    assert send(rf, text="b").status_code == 422
    assert Signal.objects.count() == 1


def test_a_key_is_of_one_person_and_one_address(rf):
    send(rf, text="a")
    send(rf, text="a", person=2)
    send(rf, text="a", path="/other")
    send(rf, text="a", key="")

    assert Signal.objects.count() == 4


def test_what_failed_may_be_corrected_under_the_same_key(rf):
    assert send(rf, status=422).status_code == 422
    with pytest.raises(ZeroDivisionError):
        send(rf, status=500)
    assert not StoredAnswer.objects.exists()
    assert not Signal.objects.exists()

    assert send(rf, text="now right").status_code == 201


def test_files_count_by_their_content(rf):
    def with_file(data):
        return send(rf, work=SimpleUploadedFile("a.txt", data))

    assert with_file(b"one").status_code == with_file(b"one").status_code == 201
    assert with_file(b"two").status_code == 422


def test_a_long_answer_is_not_kept_but_said_to_be_done(rf):
    assert send(rf, size=40_000).status_code == 201
    assert send(rf, size=40_000).status_code == 409
    assert Signal.objects.count() == 1


def test_a_bad_key_is_refused(rf):
    assert send(rf, key="short").status_code == 422
    assert send(rf, key="x" * 65).status_code == 422


def test_answers_are_forgotten_after_three_days(rf, time_machine_at):
    send(rf)

    time_machine_at(hours=73)

    assert forget_answers() == 1
