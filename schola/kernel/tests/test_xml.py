import pytest
from django.core.exceptions import ValidationError

from schola.kernel.xml import XmlLimits, read_xml

BOMB = b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><l>&b;</l>'


def test_a_document_is_read_with_its_names():
    root = read_xml(
        b'<?xml version="1.0"?><!-- hi --><m xmlns="urn:x"><i id="1">Gr\xc3\xbc\xc3\x9fe</i></m>'
    )

    assert root.find("{urn:x}i").text == "Grüße"
    assert read_xml("<a>ü</a>".encode("utf-16")).text == "ü"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (BOMB, "DOCTYPE"),
        (BOMB.decode().encode("utf-16"), "DOCTYPE"),
        (b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', "DOCTYPE"),
        (b"<!DOCTYPE a><a/>", "DOCTYPE"),
        (b'<?xml version="1.0" encoding="UTF-7"?><a/>', "UTF-8"),
        (b'<?xml version="1.0" encoding="cp037"?><a/>', "UTF-8"),
        (b"<a>" * 65 + b"</a>" * 65, "nested too deep, at line 1"),
        (b"<a>" * 200_000, "nested too deep|damaged"),
        (b"<a " + b" ".join(b'x%d="1"' % n for n in range(65)) + b"/>", "too many attributes"),
        (b"<a " + b" ".join(b'x%d="1"' % n for n in range(200_000)) + b"/>", "larger|attributes"),
        (b"<a>" + b"<b/>" * 100_000 + b"</a>", "too many elements"),
        (b"<a>" + b"x" * 2_000_001 + b"</a>", "larger than"),
        (b"<a>\n<b></a>", "damaged at line 2"),
        (b"<a>&undefined;</a>", "damaged"),
        (b"", "damaged"),
        (b"\0\0\0", "damaged"),
        (b"\xff\xff<a/>", "damaged"),
        (b"not xml", "damaged"),
    ],
)
def test_a_hostile_document_is_refused_in_words(data, words):
    with pytest.raises(ValidationError, match=words):
        read_xml(data)


def test_limits_can_be_narrower():
    with pytest.raises(ValidationError, match="larger than"):
        read_xml(b"<abc/>", XmlLimits(max_bytes=5))
