"""A course with a package in it, and a launch of it."""

import json
import zipfile
from io import BytesIO
from urllib.parse import urlsplit

import pytest
from django.test import Client

from schola.activities.scorm.launches import new_name
from schola.activities.scorm.packages import take_package
from schola.records.models import Attempt

MANIFEST = """<?xml version="1.0"?>
<manifest identifier="m" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
  <metadata><schemaversion>{version}</schemaversion></metadata>
  <organizations default="o"><organization identifier="o"><title>Golf</title>
    <item identifier="i" identifierref="r" parameters="{parameters}"><title>Play</title>
      {more}</item></organization></organizations>
  <resources><resource identifier="r" type="webcontent" adlcp:scormtype="sco"
    href="{href}"/></resources></manifest>"""


def manifest(href="play/index.html", more="", parameters="", version="1.2"):
    return MANIFEST.format(href=href, more=more, parameters=parameters, version=version)


def zipped(**files):
    """Return a zip file of these texts; a "__" in a name is a slash, a "_" before the end a dot."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in files.items():
            # a ZipInfo without a date: the same texts are the same bytes at any moment
            place = zipfile.ZipInfo(name.replace("__", "/").replace("_", "."))
            archive.writestr(place, text)
    stream.seek(0)
    return stream


def package(**words):
    return zipped(imsmanifest_xml=manifest(**words), play__index_html="<p>Play</p>")


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA = tmp_path


@pytest.fixture
def scorm(add):
    """Add an activity with a package: scorm(mastery="60", rule={"when": "activity"})."""

    def make(mastery=None, **fields):
        config = take_package(package(), "golf.zip") | {"mastery": mastery}
        return add("scorm", config=config, points=10, **fields)

    return make


class Runner:
    """The content host, as a package in a browser meets it."""

    def __init__(self, page):
        text = page.content.decode()
        self.url = urlsplit(text.partition('class="package" src="')[2].partition('"')[0]).path
        self.launch, self.seq, self.part = new_name(), 0, ""
        self.client = Client(HTTP_HOST="content.schola.localhost")

    def get(self, name="_run"):
        return self.client.get(self.url.replace("_run", name))

    def send(self, launch=None, seq=None, **words):
        """Report words: send(lesson_status="passed", score__raw="80")."""
        self.seq += 1
        patch = {f"cmi.core.{word.replace('__', '.')}": text for word, text in words.items()}
        body = {"launch": launch or self.launch, "seq": seq or self.seq, "patch": patch}
        return self.post(body | ({"part": self.part} if self.part else {}))

    def post(self, body):
        url = self.url.replace("_run", "_commit")
        return self.client.post(url, json.dumps(body), content_type="text/plain")

    def initial(self, part=""):
        import html

        text = self.get(f"_run?part={part}").content.decode()
        return json.loads(html.unescape(text.partition('data-cmi="')[2].partition('"')[0]))


@pytest.fixture
def started(signed_in, ada, seat):
    """Begin an attempt and return what runs it: started(activity)."""

    def make(activity):
        browser = signed_in(ada)
        url = f"/courses/{activity.course.slug}/{activity.key}"
        if not Attempt.objects.filter(activity=activity).exists():
            assert browser.post(f"{url}/start").status_code == 302
        return Runner(browser.get(url))

    return make


PARTS = """<?xml version="1.0"?>
<manifest identifier="m" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
  <metadata><schemaversion>1.2</schemaversion></metadata>
  <organizations default="o"><organization identifier="o"><title>Tea</title>
    <item identifier="h"><title>To know</title>
      <item identifier="a" identifierref="read"><title>Leaves</title></item>
      <item identifier="b" identifierref="quiz" parameters="?of=water"><title>Water</title>
        <adlcp:masteryscore>60</adlcp:masteryscore><adlcp:datafromlms>hot</adlcp:datafromlms>
        <adlcp:prerequisites type="aicc_script">a</adlcp:prerequisites></item></item>
    <item identifier="c" identifierref="quiz"><title>Cups</title></item>
    <item identifier="d" identifierref="quiz" isvisible="false"><title>Hidden</title></item>
  </organization></organizations>
  <resources>
    <resource identifier="read" type="webcontent" adlcp:scormtype="asset" href="read.html"/>
    <resource identifier="quiz" type="webcontent" adlcp:scormtype="sco" href="quiz.html"/>
  </resources></manifest>"""

SCO = """<!doctype html><title>Part</title><h1>Part</h1>
<button>Right</button> <button>Wrong</button> <p></p><script>
const api = parent.API
api.LMSInitialize("")
document.querySelector("p").textContent = api.LMSGetValue("cmi.suspend_data")
const say = points => {
  api.LMSSetValue("cmi.core.score.raw", points)
  api.LMSSetValue("cmi.core.lesson_status", points === "100" ? "passed" : "failed")
  api.LMSSetValue("cmi.suspend_data", `has ${points}`)
  api.LMSFinish("")
}
const [right, wrong] = document.querySelectorAll("button")
right.onclick = () => say("100")
wrong.onclick = () => say("20")
</script>"""


def package_of_parts():
    """Return our own package of one page to read and two parts that are scored."""
    files = {"imsmanifest_xml": PARTS, "read_html": "<h1>Leaves</h1>", "quiz_html": SCO}
    return zipped(**files)


@pytest.fixture
def of_parts(add):
    """Add an activity with a package of three parts: of_parts(scoring="sum")."""

    def make(scoring="average", mastery=None):
        config = take_package(package_of_parts(), "tea.zip")
        more = {"scoring": scoring, "mastery": mastery}
        return add("scorm", config=config | more, points=10, rule={"when": "activity"})

    return make
