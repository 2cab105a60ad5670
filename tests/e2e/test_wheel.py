"""What is installed from the wheel works without the clone that it was built in."""

import re
import subprocess
import sys
from pathlib import Path
from urllib.request import Request, urlopen
from zipfile import ZipFile

import pytest

from tests.e2e.live import ROOT, Live, free_port, fresh_database

pytestmark = pytest.mark.slow
BUILD = ["pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The folder into which the wheel of this clone was unpacked."""
    built, folder = tmp_path_factory.mktemp("built"), tmp_path_factory.mktemp("unpacked")
    subprocess.run([sys.executable, "-m", *BUILD, "-w", built, ROOT], check=True)
    (made,) = built.glob("*.whl")
    ZipFile(made).extractall(folder)
    return folder


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The program of the wheel, started in an empty folder, with nothing of the clone in reach."""
    home, elsewhere = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("elsewhere")
    live = Live(home, free_port(), fresh_database(home), elsewhere)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(wheel))
        live.run("schola", "prepare")  # with the demo school: courses, films, certificates
        live.start()
        yield live
        live.stop()


def fetch(live, path, language="en"):
    """Return the text of an answer that is good; urlopen raises for any other."""
    headers = {"Host": live.url.removeprefix("http://"), "Accept-Language": language}
    request = Request(f"http://127.0.0.1:{live.port}{path}", headers=headers)
    with urlopen(request, timeout=20) as answer:
        return answer.read().decode("utf-8", "replace")


def test_it_runs_from_the_wheel(installed, wheel):
    where = installed.run("schola", "shell", "-c", "import schola; print(schola.__path__[0])")

    assert where.split()[-1] == str(wheel / "schola")


def test_the_doctor_finds_nothing_broken(installed):
    said = installed.run("schola", "check")

    assert "good     assets" in said
    assert "BROKEN" not in said


def test_sign_in_answers_with_its_style_sheet_and_scripts(installed):
    page = fetch(installed, "/signin")

    sheets = re.findall(r'<link rel="stylesheet" href="(/static/[^"]+)"', page)
    served = {path: fetch(installed, path) for path in re.findall(r'"(/static/[^"]+)"', page)}
    assert sheets
    assert "@layer components" in served[sheets[0]]
    assert any(path.endswith(".js") for path in served)
    assert all(served.values())


def test_the_fonts_of_the_style_sheet_are_there(installed):
    page = fetch(installed, "/signin")
    sheet = re.search(r'href="(/static/[^"]+\.css)"', page)[1]

    fonts = re.findall(r'url\("?([^")]+\.woff2)"?\)', fetch(installed, sheet))

    assert fonts
    assert all(fetch(installed, f"/static/{font.rpartition('/static/')[2]}") for font in fonts)


def test_certificates_have_the_fonts_that_came_with_it(installed, wheel):
    asks = "from schola.completion.fonts import font_folder; print(font_folder())"

    folder = Path(installed.run("schola", "shell", "-c", asks).split()[-1])

    assert folder.is_relative_to(wheel)
    assert any(folder.iterdir())


def test_it_speaks_german(installed):
    assert "Anmelden" in fetch(installed, "/signin", "de")
    assert "Anmelden" not in fetch(installed, "/signin", "en")
