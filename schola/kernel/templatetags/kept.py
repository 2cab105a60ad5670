"""Parts of a page that are the same for many people: rendered once, then only joined."""

from typing import Any

from django import template
from django.template.base import FilterExpression, Node, NodeList, Parser, Token, token_kwargs
from django.template.context import Context
from django.utils.translation import get_language

register = template.Library()

MOST = 500  # variants of one part that a process keeps


@register.tag
def kept(parser: Parser, token: Token) -> "Kept":
    """{% kept school=school.name places=places %}…{% endkept %}: rendered once for these values.

    What stands inside sees nothing of the page but the values that are named, so that nobody can
    be shown what was rendered for somebody else. The language is always one of the values; the
    time zone is not, and the token of a form must stay outside. No `block` inside.
    """
    values = token_kwargs(token.split_contents()[1:], parser)
    nodes = parser.parse(("endkept",))
    parser.delete_first_token()
    return Kept(values, nodes)


class Kept(Node):
    """The node behind the tag. Its values are hashable."""

    def __init__(self, values: dict[str, FilterExpression], nodelist: NodeList) -> None:
        self.values = values
        self.nodelist = nodelist
        self.variants: dict[tuple[Any, ...], str] = {}

    def render(self, context: Context) -> str:
        found = [value.resolve(context) for value in self.values.values()]
        key = (get_language(), *found)
        html = self.variants.get(key)
        if html is None:
            if len(self.variants) >= MOST:
                self.variants.clear()
            seen = dict(zip(self.values, found, strict=True))
            html = self.variants[key] = self.nodelist.render(context.new(seen))
        return html
