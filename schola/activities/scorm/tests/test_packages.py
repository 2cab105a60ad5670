import pytest
from django.core.exceptions import ValidationError

from schola.activities.scorm.packages import folder_of, page_of, take_package
from schola.activities.scorm.tests.conftest import manifest, package, zipped


def test_a_package_is_unpacked_and_its_first_page_found():
    more = "<adlcp:masteryscore>60</adlcp:masteryscore><adlcp:datafromlms>x=1</adlcp:datafromlms>"

    config = take_package(package(more=more, parameters="?level=2"), "golf.zip")

    assert config["href"] == "play/index.html?level=2"
    assert (config["title"], config["mastery"], config["data"]) == ("Play", "60", "x=1")
    assert page_of(config["package"], "play/index.html").read_text() == "<p>Play</p>"


def test_the_same_package_is_unpacked_once(school):
    first = take_package(package(), "a.zip")

    assert take_package(package(), "b.zip") == first


@pytest.mark.parametrize(
    ("archive", "words"),
    [
        (zipped(index_html="x"), "no SCORM package"),
        (zipped(golf__imsmanifest_xml="x"), "in the folder “golf”"),
        (zipped(imsmanifest_xml="<a"), "damaged"),
        (zipped(imsmanifest_xml="<manifest/>"), "names no page"),
        (package(version="2004 3rd Edition"), "SCORM 2004"),
        (package(href="other.html"), "not in it: other.html"),
        (package(href="https://example.org/"), "not in it"),
        (package(href="../../../etc/passwd"), "not in it"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_stays(school, archive, words):
    archive.seek(0)

    with pytest.raises(ValidationError) as caught:
        take_package(archive, "golf.zip")

    assert words in caught.value.messages[0]
    folder = folder_of("x").parent
    assert not folder.is_dir() or not list(folder.iterdir())


def test_addresses_are_joined_with_the_base_of_the_manifest(school):
    text = manifest(href="index.html").replace("<resources>", '<resources xml:base="play/">')

    config = take_package(zipped(imsmanifest_xml=text, play__index_html="x"), "golf.zip")

    assert config["href"] == "play/index.html"


def test_nothing_outside_of_the_package_is_a_piece_of_it(school):
    sha256 = take_package(package(), "golf.zip")["package"]

    for name in ("../../files", "/etc/passwd", "..", "play", "play/../../x", "no.html", "a\0b"):
        assert page_of(sha256, name) is None


@pytest.fixture(autouse=True)
def _school(school):
    pass
