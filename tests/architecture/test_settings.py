"""The reference lists every setting, and nothing else."""

import re

from tests.architecture.source import ROOT, code

READ = re.compile(
    r"""(?:env\.(?:text|flag|number|words)|environ\.get|environ\.setdefault)\(\s*"([A-Z_]+)\""""
)
ROW = re.compile(r"^\| `([A-Z_]+)` \|", re.M)
OF_OTHERS = {"DJANGO_SETTINGS_MODULE"}  # which settings file Django reads; not for operators


def test_the_pages_for_errors_are_always_ours():
    assert "\nDEBUG" not in (ROOT / "schola/settings.py").read_text(encoding="utf-8")


def test_the_reference_lists_exactly_the_settings_that_are_read():
    read = {name for path in code() for name in READ.findall(path.read_text(encoding="utf-8"))}
    told = ROW.findall((ROOT / "docs/reference/settings.md").read_text(encoding="utf-8"))

    assert sorted(told) == sorted(read - OF_OTHERS)
