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
        self.launch, self.seq = new_name(), 0
        self.client = Client(HTTP_HOST="content.schola.localhost")

    def get(self, name="_run"):
        return self.client.get(self.url.replace("_run", name))

    def send(self, launch=None, seq=None, **words):
        """Report words: send(lesson_status="passed", score__raw="80")."""
        self.seq += 1
        patch = {f"cmi.core.{word.replace('__', '.')}": text for word, text in words.items()}
        return self.post({"launch": launch or self.launch, "seq": seq or self.seq, "patch": patch})

    def post(self, body):
        url = self.url.replace("_run", "_commit")
        return self.client.post(url, json.dumps(body), content_type="text/plain")

    def initial(self):
        import html

        text = self.get().content.decode()
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
