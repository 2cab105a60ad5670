"""More components: what stands inside a page. Each has one template in ``ui/``, plain values in.

`{% load %}` is not needed. In a list of many rows, write the row in the loop: a tag costs 45 us.
"""

from datetime import datetime
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format, get_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from schola.kernel import names

register = template.Library()

DAY = "DAY_FORMAT"  # see kernel/formats
TONE_ICONS = {"ok": "check", "warn": "clock", "bad": "alert", "key": "star"}


def _around(part: str, content: str, **context: Any) -> SafeString:
    """Render a component around what stands between its tags, which was escaped there."""
    return render_to_string(f"ui/{part}.html", context | {"content": mark_safe(content.strip())})


@register.inclusion_tag("ui/button.html")
def button(label: str, tone: str = "", icon: str = "", **more: Any) -> dict[str, Any]:
    """{% button "Save" "primary" %}, {% button "Open" url="/x" %}: a button, or a link like one.

    tone     primary, next, danger, quiet, small, big, square, block; several with blanks
    more     url; or kind ("button"), name, value, disabled, pressed
    """
    defaults = {"url": "", "kind": "submit", "name": "", "value": "", "disabled": False}
    return {**defaults, "pressed": None, "label": label, "tone": tone, "icon": icon, **more}


@register.inclusion_tag("ui/chip.html")
def chip(label: str, tone: str = "", icon: str = "") -> dict[str, Any]:
    """{% chip "Passed" "ok" "check" %}: a state in a word. Tones: ok, warn, bad, info, here."""
    return {"label": label, "tone": tone, "icon": icon}


@register.simple_block_tag
def note(content: str, tone: str = "", role: str = "") -> SafeString:
    """{% note "bad" role="alert" %}<p>…</p>{% endnote %}: a message on the page."""
    icon = TONE_ICONS.get(tone, "info")
    return _around("note", content, tone=tone, role=role, icon=icon)


@register.simple_block_tag
def card(content: str, title: str = "", tone: str = "", url: str = "", action: str = "") -> str:
    """{% card "Grades" url="/grades" action="All" %}…{% endcard %}. Tones: tight, flush, plain."""
    ident = f"card-{slugify(title, allow_unicode=True)}"
    return _around("card", content, title=title, tone=tone, url=url, action=action, id=ident)


@register.inclusion_tag("ui/progress.html")
def progress(percent: int, words: str) -> dict[str, Any]:
    """{% progress 62 "62% done" %}: a share as a bar."""
    return {"percent": percent, "words": words}


@register.inclusion_tag("ui/tabs.html")
def tabs(label: str, tabs: list[tuple[str, str, bool]]) -> dict[str, Any]:
    """{% tabs "Course" tabs %}: links between pages of one thing, as (address, name, here)."""
    return {"label": label, "tabs": tabs}


@register.inclusion_tag("ui/kpi.html")
def kpi(label: str, value: Any, note: str = "", icon: str = "") -> dict[str, Any]:
    """{% kpi "Finished" 14 "of 30" %}: a number at a glance."""
    return {"label": label, "value": value, "note": note, "icon": icon}


@register.simple_block_tag
def table_box(content: str, label: str) -> SafeString:
    """{% table_box "People" %}<table class="table">…{% endtable_box %}: scrolls inside itself."""
    return _around("table_box", content, label=label)


@register.simple_block_tag
def menu(
    content: str, label: str, icon: str = "", tone: str = "quiet", side: str = ""
) -> SafeString:
    """{% menu "More" "dots" "quiet square" %}<a>…{% endmenu %}: opens without a script, too.

    side="start" lets it hang from the start of its button, for one at the start of a row.
    """
    return _around("menu", content, label=label, icon=icon, tone=tone, side=side)


@register.simple_block_tag(takes_context=True)
def dialog(
    context: dict[str, Any], content: str, id: str, title: str, action: str, **more: Any
) -> SafeString:
    """{% dialog "remove" "Remove it?" "Remove" url="/x" danger=True %}…{% enddialog %}

    Opened by <button data-opens="remove">, which must itself lead somewhere without a script.
    """
    token = context.get("csrf_token", "")
    hidden = '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
    fields = {"id": id, "title": title, "action": action, "token": format_html(hidden, token)}
    defaults = {"url": "", "danger": False, "files": False}
    return _around("dialog", content, **{**defaults, **fields, **more})


@register.inclusion_tag("ui/stepper.html")
def stepper(at: int, *steps: str) -> dict[str, Any]:
    """{% stepper 2 "Source" "Choose" "Check" %}: where we are in a wizard; the first step is 1."""
    return {"at": at, "steps": steps}


@register.inclusion_tag("ui/segmented.html")
def segmented(label: str, name: str, choices: list, chosen: str = "") -> dict[str, Any]:
    """{% segmented "View" "view" choices "list" %}: one of a few, as (value, words)."""
    return {"label": label, "name": name, "choices": choices, "chosen": chosen}


@register.inclusion_tag("ui/switch.html")
def switch(label: str, name: str, on: bool = False) -> dict[str, Any]:
    """{% switch "Send reminders" "reminders" True %}"""
    return {"label": label, "name": name, "on": on}


@register.inclusion_tag("ui/drop.html")
def drop(name: str, hint: str = "", accept: str = "", url: str = "", **more: Any) -> dict[str, Any]:
    """{% drop "file" "PDF, up to 50 MB" ".pdf" url="/uploads" purpose="page" %}

    A file, sent in pieces if there is an address for them, else with its form; at_once=True
    sends the form when a file is chosen. Say so in the hint.
    """
    fields = {"name": name, "hint": hint, "accept": accept, "url": url}
    return {"purpose": "", "at_once": False, **fields, **more}


@register.inclusion_tag("ui/saved.html")
def saved(words: str = "") -> dict[str, Any]:
    """{% saved "Saved at 9:41" %}: how the saving of this page stands. See save-state.js."""
    return {"words": words}


@register.simple_block_tag
def cover(content: str, hue: str, weave: str, extra: str = "") -> SafeString:
    """{% cover "sea" "rings" %}<h1>…</h1>{% endcover %}: drawn, never downloaded."""
    return _around("cover", content, hue=hue, weave=weave, extra=extra)


@register.inclusion_tag("ui/avatar.html")
def avatar(name: str, size: str = "") -> dict[str, Any]:
    """{% avatar "Amara Okafor" "small" %}: the letters of a name; the name stands beside it."""
    return {"letters": names.initials(name), "size": size}


@register.simple_tag
def moment(at: datetime | None, form: str = "DATETIME_FORMAT") -> SafeString:
    """{% moment due_at %}: a moment in the reader's zone and language; nothing for None."""
    if at is None:
        return mark_safe("")
    local = timezone.localtime(at)
    shown = date_format(local, form, use_l10n=True)
    return format_html('<time datetime="{}">{}</time>', local.isoformat(), shown)


@register.filter
def day(at: datetime) -> str:
    """{{ due_at|day }}: "Thu 26 Nov", "Do, 26. Nov", in the order of the reader's language.

    A language for which nobody has said how writes day and month in full.
    """
    form = get_format(DAY)
    return date_format(timezone.localtime(at), "MONTH_DAY_FORMAT" if form == DAY else form)
