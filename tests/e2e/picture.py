"""Take the picture of the README from a demo school: python -m tests.e2e.picture"""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from tests.e2e.live import ROOT, Live, free_port, fresh_database

SHOWN = ROOT / "docs" / "pictures" / "course.png"
EMAIL, PASSWORD = "yuki@northgate.example", "schola-demo-2026"


def main() -> None:
    """Load the demo school into a folder that is thrown away, and take the picture there."""
    with TemporaryDirectory() as folder:
        live = Live(Path(folder), free_port(), fresh_database(Path(folder)))
        live.run("schola", "migrate", "--verbosity", "0")
        live.run("schola", "demo")
        live.start()
        try:
            take(live.url)
        finally:
            live.stop()


def take(base: str) -> None:
    SHOWN.parent.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as play:
        chromium = play.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = chromium.new_page(viewport={"width": 1280, "height": 860})
        page.goto(f"{base}/signin")
        page.fill("input[name=email]", EMAIL)
        page.fill("input[name=password]", PASSWORD)
        page.click("button.primary")
        page.wait_for_url(f"{base}/")
        page.goto(f"{base}/courses/introduction-to-statistics")
        page.wait_for_timeout(500)
        page.screenshot(path=SHOWN)
        chromium.close()


if __name__ == "__main__":
    main()
