"""Slides through the real LibreOffice, where it is installed."""

import io
import shutil
import subprocess
import zipfile

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from schola.activities.document.models import Paper
from schola.kernel.files import derivative, path_of
from schola.kernel.jobs import run_waiting

pytestmark = pytest.mark.skipif(
    not shutil.which("soffice"), reason="LibreOffice is not installed (libreoffice-impress)"
)
ODP = "application/vnd.oasis.opendocument.presentation"
NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in [
        ("office", "office"), ("draw", "drawing"), ("text", "text"), ("svg", "svg-compatible"),
        ("manifest", "manifest"),
    ]
)  # fmt: skip
SLIDE = """<draw:page draw:name="%d"><draw:frame svg:x="2cm" svg:y="2cm" svg:width="20cm"
svg:height="3cm"><draw:text-box><text:p>Herons wait, slide %d</text:p></draw:text-box></draw:frame>
</draw:page>"""


def odp(slides):
    """Return a presentation of this many slides, as bytes."""
    pages = "".join(SLIDE % (n, n) for n in range(1, slides + 1))
    body = f"<office:body><office:presentation>{pages}</office:presentation></office:body>"
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
        for path, kind in [("/", ODP), ("content.xml", "text/xml")]
    )
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as out:
        out.writestr("mimetype", ODP)
        out.writestr(
            "content.xml",
            f'<office:document-content {NAMES} office:version="1.3">{body}'
            "</office:document-content>",
        )
        out.writestr(
            "META-INF/manifest.xml", f"<manifest:manifest {NAMES}>{entries}</manifest:manifest>"
        )
    return data.getvalue()


def pptx(slides, folder):
    """Return the same as PowerPoint's format, written by LibreOffice."""
    source = folder / "slides.odp"
    source.write_bytes(odp(slides))
    words = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless",
             "--convert-to", "pptx", "--outdir", str(folder), str(source)]  # fmt: skip
    subprocess.run(words, check=True, capture_output=True, timeout=120)
    return source.with_suffix(".pptx").read_bytes()


@pytest.mark.parametrize("kind", ["odp", "pptx"])
def test_slides_are_read_as_pages(kind, signed_in, tove, add, tmp_path):
    activity, browser = add("document"), signed_in(tove)
    base = f"/courses/algebra/{activity.key}"
    data = odp(3) if kind == "odp" else pptx(3, tmp_path)

    browser.post(f"{base}/paper", {"file": SimpleUploadedFile(f"talk.{kind}", data)})
    run_waiting()

    paper = Paper.objects.get()
    assert (paper.state, paper.problem, paper.pages) == ("ready", "", 3)
    with pypdfium2.PdfDocument(path_of(derivative(paper.file, "pdf").sha256)) as made:
        assert "Herons wait, slide 3" in made[2].get_textpage().get_text_range()
    assert "3 pages" in browser.get(base).text
