import io
from itertools import pairwise

import av
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from schola.activities.video.actions import set_film, watched
from schola.activities.video.captions import read_captions, write_captions
from schola.activities.video.models import Film
from schola.activities.video.spans import read_spans, share, union
from schola.activities.video.tests.filming import film
from schola.activities.video.transcoding import wanted
from schola.courses.actions import publish_activity
from schola.courses.models import Activity
from schola.kernel.files import derivative, path_of, store
from schola.kernel.jobs import run_waiting
from schola.kernel.models import File, Signal
from schola.records.models import Progress, Statement

VTT = (
    b"WEBVTT\n\n1\n00:00.500 --> 00:01.500\nFive <b>dots</b>\n\n"
    b"00:02.000 --> 00:03.000\nA &amp; B\n"
)


@pytest.fixture(autouse=True)
def _place(settings, tmp_path):
    settings.DATA = tmp_path


@pytest.fixture
def shown(add):
    """A published video of 20 s that is ready, without running the encoder."""
    activity = add("video", publish=False, rule={"when": "activity"})
    file = store(io.BytesIO(film()), "a.mp4", "video")
    Film.objects.create(file=file, state="ready", seconds=20)
    set_film(activity, file)
    publish_activity(activity)
    activity.course.published_at = activity.published.published_at
    activity.course.save()
    return Activity.objects.get(pk=activity.pk)


def send(browser, activity, data, name="film.mp4"):
    upload = SimpleUploadedFile(name, data, "video/mp4")
    return browser.post(f"/courses/algebra/{activity.key}/film", {"file": upload}, follow=True)


def test_a_video_is_sent_made_ready_and_shown(signed_in, tove, add):
    activity, browser = add("video"), signed_in(tove)

    answer = send(browser, activity, film())
    run_waiting()

    made = Film.objects.get()
    assert answer.status_code == 200
    assert (made.state, round(made.seconds), made.height) == ("ready", 2, 180)
    assert derivative(made.file, "poster").media_type == "image/webp"
    small, sound = derivative(made.file, "360p"), derivative(made.file, "audio")
    with av.open(str(path_of(small.sha256))) as result:
        assert {s.codec_context.name for s in result.streams} == {"h264", "aac"}
        assert result.streams.video[0].height == 180
        assert abs(result.duration / av.time_base - 2) < 0.3
    page = browser.get(f"/courses/algebra/{activity.key}").text
    with av.open(str(path_of(sound.sha256))) as result:
        assert [s.codec_context.name for s in result.streams] == ["aac"]
        assert abs(result.duration / av.time_base - 2) < 0.3
    for each in (small, sound):  # the index is at the front, so that it plays while it loads
        head = path_of(each.sha256).read_bytes()
        assert head.index(b"moov") < head.index(b"sidx") < head.index(b"mdat")
    assert "<video controls playsinline" in page
    assert small.sha256 in page
    assert "Audio only" in page


def test_a_film_without_sound_and_one_that_is_large_are_taken(signed_in, tove, add):
    activity = add("video")

    send(signed_in(tove), activity, film(1280, 720, 1, sound=False))
    run_waiting()

    made = Film.objects.get()
    assert made.state == "ready"
    assert {key for key in ("360p", "720p") if derivative(made.file, key)} == {"360p", "720p"}
    assert derivative(made.file, "audio") is None


@pytest.mark.parametrize("cut", [lambda data: data[:3000], lambda data: data[:40] + bytes(4000)])
def test_a_broken_video_says_so_and_leaves_nothing_half_made(signed_in, tove, add, cut):
    activity, browser = add("video"), signed_in(tove)

    send(browser, activity, cut(film()))
    run_waiting()

    assert Film.objects.get().state == "broken"
    assert not File.objects.exclude(source=None).exclude(key="poster").exists()
    page = browser.get(f"/courses/algebra/{activity.key}/edit").text
    assert "Export it again" in page
    assert "cannot be shown" in browser.get(f"/courses/algebra/{activity.key}").text


def test_what_is_no_video_is_refused_on_the_page_of_the_draft(signed_in, tove, add):
    activity = add("video")

    answer = send(signed_in(tove), activity, b"%PDF-1.7\n" + bytes(100))
    empty = signed_in(tove).post(f"/courses/algebra/{activity.key}/film", follow=True)

    assert "This file is no real MP4" in answer.text
    assert "Send one of: videos (MP4, WebM)." in answer.text
    assert "Choose a file first" in empty.text
    assert not Film.objects.exists()


def test_a_video_may_come_in_pieces(signed_in, tove, add):
    activity, browser, data = add("video"), signed_in(tove), film()
    base = f"/courses/algebra/{activity.key}"
    words = {"name": "a.mp4", "size": len(data), "purpose": "video"}

    where = browser.post(f"{base}/film-pieces", words)["Location"]
    done = browser.generic("PATCH", where, data, headers={"Upload-Offset": "0"})
    browser.post(f"{base}/film", {"uploaded": done.json()["file"]})

    assert where.startswith(f"{base}/film-pieces/")
    assert Film.objects.get().file_id == done.json()["file"]


def test_nobody_takes_the_upload_of_another(signed_in, tove, person, add):
    activity = add("video")
    file = store(io.BytesIO(film()), "a.mp4", "video")

    answer = signed_in(tove).post(
        f"/courses/algebra/{activity.key}/film", {"uploaded": file.pk}, follow=True
    )

    assert "Choose a file first" in answer.text
    assert not Film.objects.exists()


def test_learners_send_nothing(signed_in, ada, seat, add):
    activity = add("video")

    assert send(signed_in(ada), activity, film()).status_code == 403


def test_captions_give_a_track_and_a_transcript(signed_in, tove, shown):
    browser = signed_in(tove)
    url = f"/courses/algebra/{shown.key}/captions"

    browser.post(url, {"language": "en", "file": SimpleUploadedFile("a.vtt", VTT)})
    browser.post(url, {"language": "de", "file": SimpleUploadedFile("b.vtt", VTT)})

    page = browser.get(f"/courses/algebra/{shown.key}").text
    assert page.count("<track kind=") == 2
    assert "Five dots" in page
    assert "A &amp; B" in page
    browser.post(url, {"remove": "de"})
    assert browser.get(f"/courses/algebra/{shown.key}").text.count("<track kind=") == 1


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"WEBVTT\n\n00:01 --> x\nHello\n", "Line 3: write times"),
        (b"WEBVTT\n\n00:03.000 --> 00:01.000\nHello\n", "ends before"),
        (b"nothing", "no captions"),
        (b"\xff\xfe", "UTF-8"),
    ],
)
def test_bad_captions_are_refused_with_their_line(data, words):
    with pytest.raises(ValidationError, match=words):
        read_captions(data)


def test_subrip_is_read_and_written_as_webvtt():
    cues = read_captions(b"1\r\n00:00:01,000 --> 00:00:02,500\r\n<i>a</i> < b\r\n")

    assert read_captions(write_captions(cues)) == cues
    assert cues[0][:2] == (1.0, 2.5)


def test_seeing_nine_tenths_finishes_it_once(signed_in, ada, seat, shown):
    browser, url = signed_in(ada), f"/courses/algebra/{shown.key}/seen"

    browser.post(url, {"spans": "0-10,0-10"})
    half = browser.post(url, {"spans": "0-10"}).json()
    assert not Progress.objects.get().finished_at
    enough = browser.post(url, {"spans": "9-18.5"}).json()
    browser.post(url, {"spans": "0-20"})

    assert half == {"percent": 50, "enough": False}
    assert enough == {"percent": 92, "enough": True}
    assert Progress.objects.get().finished_at
    assert Statement.objects.filter(verb="completed").count() == 1


def test_the_page_goes_on_where_one_stopped_not_where_one_was_farthest(signed_in, ada, seat, shown):
    browser, url = signed_in(ada), f"/courses/algebra/{shown.key}"
    browser.post(f"{url}/seen", {"spans": "0-14", "at": "14"})
    browser.post(f"{url}/seen", {"spans": "3-5", "at": "5.0"})

    assert 'data-resume="5"' in browser.get(url).text
    assert browser.post(f"{url}/seen", {"spans": "0-1", "at": "soon"}).status_code == 422


def test_who_saves_data_gets_the_smallest_size_and_nothing_ahead(signed_in, tove, add):
    activity, browser = add("video"), signed_in(tove)
    send(browser, activity, film(1280, 720, 1))
    run_waiting()
    url = f"/courses/algebra/{activity.key}"

    usual, saving = browser.get(url).text, browser.get(url, headers={"Save-Data": "on"}).text

    assert (usual.count("<source"), saving.count("<source")) == (3, 1)
    assert 'type="application/vnd.apple.mpegurl"' in usual.partition("<source")[2][:400]
    assert (
        derivative(Film.objects.get().file, "360p").sha256 in saving.partition("<source")[2][:200]
    )
    assert 'preload="none"' in saving


def test_a_page_that_waits_says_so_with_and_without_a_script(signed_in, tove, add):
    activity, browser = add("video"), signed_in(tove)
    send(browser, activity, film())

    waiting = browser.get(f"/courses/algebra/{activity.key}").text
    run_waiting()
    ready = browser.get(f"/courses/algebra/{activity.key}").text

    assert 'id="film" class="stack" data-live="/live/' in waiting
    assert "<noscript>Reload the page in some minutes.</noscript>" in waiting
    assert "data-live" not in ready
    assert Signal.objects.filter(channel=Film.objects.get().channel).count() == 1


def test_another_film_begins_at_nothing(seat, shown):
    watched(seat.pk, shown.pk, "a" * 64, 20, [(0, 100)])

    assert watched(seat.pk, shown.pk, "b" * 64, 20, [(0, 20)]) == 0.1


def test_a_word_does_not_finish_what_has_to_be_seen(signed_in, ada, seat, shown):
    browser = signed_in(ada)

    page = browser.get(f"/courses/algebra/{shown.key}").text
    answer = browser.post(f"/courses/algebra/{shown.key}/act", {"watched": "1"})

    assert "without one this step stays open" in page
    assert answer.status_code == 422
    assert not Progress.objects.get().finished_at


@pytest.mark.parametrize("text", ["1", "a-b", "5-", "1-2;3-4", "9999999-1", "-1-2"])
def test_spans_that_cannot_be_read_are_refused(text):
    with pytest.raises(ValidationError):
        read_spans(text, 20)


SPANS = st.lists(st.tuples(st.integers(0, 300), st.integers(1, 60)).map(lambda s: (s[0], sum(s))))


@given(SPANS, SPANS)
def test_the_union_is_that_of_the_sets(one, two):
    def tenths(spans):
        return {tenth for start, end in spans for tenth in range(start, end)}

    both = union(one, two)

    assert tenths(both) == tenths(one) | tenths(two)
    assert both == union(two, both) == union(both, one)
    assert all(before[1] < after[0] for before, after in pairwise(both))
    assert share(both, 36) == len(tenths(both)) / 360


@pytest.mark.parametrize(
    ("height", "keys"), [(180, ["360p"]), (480, ["360p"]), (1080, ["360p", "720p"])]
)
def test_renditions_are_never_larger_than_the_film(height, keys):
    assert wanted(height) == keys
