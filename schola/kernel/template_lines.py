"""Templates may be broken into lines without a byte of it on the page.

A line break between two tags is nothing; elsewhere it is one space. So a template can be laid out
for its reader, while words that touch stay together and pages stay light.
"""

import re
from typing import Any

from django.template.base import Template, TextNode
from django.template.loaders import cached

BETWEEN_TAGS = re.compile(r"(?:^|(?<=>))[ \t]*\n\s*(?=<|\Z)")
ELSEWHERE = re.compile(r"\s*\n\s*")


class Loader(cached.Loader):
    """The cached loader, which also joins the lines of each HTML template as it comes in."""

    def get_template(self, template_name: str, skip: Any = None) -> Template:
        template = super().get_template(template_name, skip)
        if template_name.endswith(".html") and not hasattr(template, "lines_joined"):
            for node in template.nodelist.get_nodes_by_type(TextNode):
                node.s = joined(node.s)
            template.lines_joined = True
        return template


def joined(text: str) -> str:
    """Return text that stands between two template tags, its lines joined.

    Its own start and end count as tags, since a template tag is what comes before and after.
    """
    return ELSEWHERE.sub(" ", BETWEEN_TAGS.sub("", text))
