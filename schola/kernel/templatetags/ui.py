"""Components: small tags with one template each in ``ui/``. They take plain values."""

from functools import cache
from typing import Any
from uuid import uuid4

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from schola.kernel import names
from schola.kernel.numbers import shown_percent, shown_points

register = template.Library()


@cache
def sprite() -> str:
    """Return the address of the file that holds all icons."""
    return static("icons.svg")


@register.simple_tag
@cache
def icon(name: str, extra: str = "") -> SafeString:
    """{% icon "check" %}: a drawing without a meaning of its own; the words stand beside it."""
    classes = f"icon {extra}".strip()
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>', classes, sprite(), name
    )


@register.simple_tag
def trusted(html: str) -> SafeString:
    """{% trusted body %}: HTML that was cleaned by kernel.sanitize when it was stored."""
    return mark_safe(html)


@register.simple_tag
def once() -> SafeString:
    """Name what a form sends, so that sent twice it is done once: see kernel.idempotency."""
    return format_html('<input type="hidden" name="_key" value="{}">', uuid4().hex)


@register.filter
def initials(person: Any) -> str:
    """Return up to two letters that stand for a person."""
    return names.initials(person.full_name)


@register.filter
def points(value: Any) -> str:
    """Return points as people read them: 7.142857 as 7.14, 8.00 as 8."""
    return "" if value is None else shown_points(value)


@register.filter
def percent(value: Any) -> str:
    """Return a fraction as a percentage: 0.86666 as 86.7%."""
    return "" if value in (None, "") else shown_percent(value)


@register.simple_block_tag
def heading(content: str, title: str, help: str = "") -> SafeString:
    """{% heading title="People" help="…" %}actions{% endheading %}: h1, its help, its actions."""
    context = {"content": content.strip(), "title": title, "help": help}
    return render_to_string("ui/heading.html", context)


@register.inclusion_tag("ui/help.html")
def page_help(help: str, quiet: bool = True) -> dict[str, Any]:
    """{% page_help _("…") %}: the question mark beside the h1 of a page without a `heading`."""
    return {"help": help, "quiet": quiet}


@register.inclusion_tag("ui/field.html")
def field(bound: BoundField, hint: str = "") -> dict[str, Any]:
    """{% field form.title %}: label, control, hint and error, tied to one another."""
    widget = bound.field.widget
    return {
        "bound": bound,
        "control": _control(bound, hint or bound.help_text),
        "hint": hint or bound.help_text,
        "tick": isinstance(widget, CheckboxInput),
        "group": isinstance(widget, RadioSelect | CheckboxSelectMultiple),
    }


@register.inclusion_tag("ui/cell.html")
def cell(bound: BoundField, row: str | int) -> dict[str, Any]:
    """{% cell form.weight "Homework" %}: a control in a table, whose column and row name it."""
    return {"bound": bound, "row": row, "control": _control(bound, "")}


def _control(bound: BoundField, hint: str) -> SafeString:
    """Return the control, tied to its hint and its error where there are any."""
    parts = (("hint", hint), ("error", bound.errors))
    told = " ".join(f"{bound.auto_id}-{part}" for part, there in parts if there)
    attributes = {"aria-describedby": told} if told else {}
    if bound.errors:
        attributes["aria-invalid"] = "true"
    return bound.as_widget(attrs=attributes)


@register.inclusion_tag("ui/errors.html")
def form_errors(form: Any) -> dict[str, Any]:
    """{% form_errors form %}: what is wrong, above the form, with links to the fields."""
    return {"form": form}


@register.inclusion_tag("ui/crumbs.html")
def crumbs(*pairs: str) -> dict[str, Any]:
    """{% crumbs "/courses" "Courses" "" "Statistics" %}: address, label, …; the last has none."""
    return {"trail": list(zip(pairs[::2], pairs[1::2], strict=True))}


@register.inclusion_tag("ui/ring.html")
def ring(percent: int, words: str, size: str = "big", said: str = "") -> dict[str, Any]:
    """{% ring 46 "complete" %}: a share as a ring, with its number. size: big, or "" for small.

    said  what stands in it instead of the share, as "5/5"
    """
    return {"percent": percent, "words": words, "size": size, "said": said}


@register.inclusion_tag("ui/empty.html")
def empty(title: str, text: str = "", url: str = "", action: str = "") -> dict[str, Any]:
    """{% empty title text url action %}: what will be here, and what to do about it."""
    return {"title": title, "text": text, "url": url, "action": action}


@register.inclusion_tag("ui/pages.html", takes_context=True)
def pages(context: dict[str, Any], page: Any, filters: str = "") -> dict[str, Any]:
    """{% pages page %}: links to the pages of a list; the filters stay.

    filters  what to keep instead of the filters in the address, as a query of one
    """
    query = context["request"].GET.copy()
    query.pop("page", None)
    return {"page": page, "query": filters or query.urlencode()}
