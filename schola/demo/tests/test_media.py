import json
import re
import zipfile

import av
import pypdfium2
import pytest
from lxml import etree
from PIL import Image

from schola.demo.content import COURSES
from schola.demo.media import make_media
from schola.demo.media.charts import make_charts
from schola.demo.media.film import transcript, vtt
from schola.demo.media.package import SOURCE, make_package
from schola.demo.media.papers import make_papers
from schola.demo.media.scenes import SCENES


@pytest.fixture(scope="module")
def media(tmp_path_factory):
    folder = tmp_path_factory.mktemp("media")
    make_media(folder)
    return folder


def test_every_file_that_a_course_names_is_made(media):
    for course in COURSES:
        for piece in course.pieces():
            if piece.kind in ("video", "document", "scorm"):
                assert (media / piece.source).stat().st_size
            elif piece.kind in ("page", "assignment"):
                for name in re.findall(r'src="media:([^"]+)"', course.text(piece)):
                    assert (media / name).stat().st_size


def test_pictures_are_light_and_as_large_as_the_lessons_say(media):
    sizes = {}
    for path in media.glob("*.webp"):
        assert path.stat().st_size < 40_000
        with Image.open(path) as picture:
            sizes[path.name] = picture.size
    for course in COURSES:
        for path in course.folder.rglob("*.html"):
            for name, *size in re.findall(
                r'src="media:([^"]+)"[^>]* width="(\d+)" height="(\d+)"', path.read_text()
            ):
                assert sizes[name] == tuple(int(side) for side in size)


def test_pictures_papers_and_package_are_the_same_every_time(tmp_path, media):
    again = [*make_charts(tmp_path), *make_papers(tmp_path), make_package(tmp_path)]

    assert all(path.read_bytes() == (media / path.name).read_bytes() for path in again)


def test_the_film_is_as_long_as_its_scenes_in_formats_every_browser_plays(media):
    with av.open(str(media / "standard-deviation.mp4")) as film:
        codecs = [stream.codec_context.name for stream in film.streams]
        picture = film.streams.video[0]

        assert codecs == ["h264", "aac"]
        assert (picture.width, picture.height) == (640, 360)
        assert film.duration / 1_000_000 == pytest.approx(sum(s.seconds for s in SCENES), abs=0.2)


def test_captions_follow_each_other_and_stay_readable():
    cues = re.findall(r"(\S+) --> (\S+)\n((?:.+\n)+)", vtt())

    assert len(cues) == len(SCENES)
    assert [start for start, _, _ in cues] == sorted(start for start, _, _ in cues)
    assert all(len(line) <= 60 for _, _, text in cues for line in text.splitlines())
    assert transcript().count("<p>") == len(SCENES)


def test_papers_are_tagged_and_on_one_page(media):
    for path in media.glob("*.pdf"):
        document = pypdfium2.PdfDocument(path)
        assert (len(document), document.is_tagged()) == (1, True)


def test_the_package_names_all_its_files_and_reports(media):
    with zipfile.ZipFile(media / "outlier.zip") as package:
        manifest = etree.fromstring(package.read("imsmanifest.xml"))
        named = {each.get("href") for each in manifest.iter("{*}file")}
        script = package.read("outlier.js").decode() + package.read("scorm.js").decode()

        assert named == set(package.namelist()) - {"imsmanifest.xml"}
    for call in ("LMSInitialize", "LMSFinish", "lesson_location", "suspend_data", "score.raw"):
        assert call in script


RUNTIME = """
window.data = {}; window.calls = []
window.API = {
  LMSInitialize: () => { calls.push("init"); return "true" },
  LMSGetValue: (name) => data[name] || "",
  LMSSetValue: (name, value) => { data[name] = value; return "true" },
  LMSCommit: () => "true",
  LMSFinish: () => { calls.push("finish"); return "true" },
}
"""


@pytest.mark.browser
def test_the_package_reports_score_and_status_and_resumes():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as tools:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = tools.chromium.launch(executable_path="/usr/bin/chromium", args=flags)
        page = browser.new_page()
        page.add_init_script(RUNTIME)
        page.goto((SOURCE / "index.html").as_uri())
        for _ in range(3):
            page.get_by_role("button", name="Next").click()
        for label in ("rises to 52", "stays at 30", "the median"):
            page.get_by_label(label, exact=True).check()
        page.get_by_role("button", name="Check").click()
        data = page.evaluate("data")
        browser.close()

    assert data["cmi.core.score.raw"] == "100"
    assert data["cmi.core.lesson_status"] == "passed"
    assert data["cmi.core.lesson_location"] == "3"
    assert json.loads(data["cmi.suspend_data"])["answers"] == {"q1": "b", "q2": "a", "q3": "b"}
