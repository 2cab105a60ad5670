"""The SCORM 1.2 package "Try it: moving the outlier", zipped from its folder."""

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

SOURCE = Path(__file__).with_name("outlier")
LONG_AGO = (1980, 1, 1, 0, 0, 0)


def make_package(folder: Path) -> Path:
    """Write outlier.zip: the same bytes for the same files."""
    path = folder / "outlier.zip"
    with ZipFile(path, "w", ZIP_DEFLATED) as package:
        for source in sorted(SOURCE.iterdir()):
            entry = ZipInfo(source.name, LONG_AGO)
            entry.compress_type, entry.external_attr = ZIP_DEFLATED, 0o644 << 16
            package.writestr(entry, source.read_bytes())
    return path
