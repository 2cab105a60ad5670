"""The smallest SCORM 1.2 package, made by us and unpacked as an author's would be."""

import zipfile
from io import BytesIO
from typing import Any

from schola.activities.scorm.packages import take_package

PAGE = "<title>Small</title><p>Small"
MANIFEST = """<manifest identifier="m" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
 xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
<organizations default="o"><organization identifier="o"><title>Small</title>
<item identifier="i" identifierref="r"><title>Small</title></item></organization></organizations>
<resources><resource identifier="r" type="webcontent" adlcp:scormtype="sco" href="page.html">
<file href="page.html"/></resource></resources></manifest>"""


def packed() -> dict[str, Any]:
    """Return the config of an activity that shows it."""
    return take_package(BytesIO(zipped({"imsmanifest.xml": MANIFEST})), "small.zip")


def zipped(files: dict[str, str | bytes]) -> bytes:
    """Return a zip file with these files and the page of the package."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in ({"page.html": PAGE} | files).items():
            archive.writestr(zipfile.ZipInfo(name), text)  # of no date: the same bytes each time
    return made.getvalue()
