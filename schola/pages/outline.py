"""The outline of a course as HTML: compiled once per version and language, then joined per person.

Every activity is rendered with the ordinary template `pages/outline_row.html` in each state it
can have. A page takes the variant that fits, so that a course of a hundred activities costs a
join. A test renders the rows without the shortcut and compares.
"""

from decimal import Decimal
from functools import lru_cache

from django.template.loader import get_template
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from schola.courses.activity_types import activity_types
from schola.courses.structure import ActivityFacts, ModuleFacts, load_structure
from schola.kernel.numbers import shown_points
from schola.kernel.templatetags.ui import icon
from schola.pages.state import State

STATES = ("done", "here", "open", "locked")
WHY, GRADE = "\x01", "\x02"  # where a row takes the words of its lock, and its grade
QUERY = "\x03"  # where the address of a row takes what the links of a view keep


def outline(
    state: State, locks: dict[int, str], here_id: int | None, query: str = ""
) -> SafeString:
    """Return the outline for one person: modules as folds, activities as stops of the line.

    query  what each link keeps while staff look as somebody, such as "?as=12"
    """
    rows = _rows(state, bool(query))
    tops = state.structure.children.get(None, ())
    html = "".join(_module(each, state, locks, here_id, rows) for each in tops)
    return mark_safe(html.replace(QUERY, query))


def rail(
    state: State, module: ModuleFacts, locks: dict[int, str], here_id: int, query: str = ""
) -> SafeString:
    """Return the stops of one module, for beside a lesson. `query` as for `outline`."""
    html = _line(module, state, locks, here_id, _rows(state, bool(query)), "line compact")
    return mark_safe(html.replace(QUERY, query))


def _rows(state: State, looking: bool) -> dict[int, dict[str, str]]:
    course, key = state.course, (get_language(), timezone.get_current_timezone_name())
    return compiled(course.pk, course.version, course.slug, *key, looking)


@lru_cache(maxsize=256)
def compiled(
    course_id: int, version: int, slug: str, language: str, zone: str, looking: bool = False
) -> dict[int, dict[str, str]]:
    """Return each activity's row in each state. `version`, `language` and `zone` are the key.

    looking  its address ends with the mark of the query that links keep
    """
    template, end = get_template("pages/outline_row.html"), QUERY if looking else ""
    return {
        activity.id: {
            state: render_row(template, activity, f"/courses/{slug}/{activity.key}{end}", state)
            for state in STATES
        }
        for activity in load_structure(course_id, version).published
    }


def render_row(template: object, activity: ActivityFacts, url: str, state: str) -> str:
    """Render one row in one state, with the marks where a person's own words go."""
    kind = activity_types[activity.kind]
    context = {
        "activity": activity,
        "kind": kind,
        "state": state,
        "url": url,
        "why": mark_safe(WHY),
        "grade": mark_safe(GRADE),
    }
    return template.render(context).strip()


def _module(
    module: ModuleFacts, state: State, locks: dict[int, str], here_id: int | None, rows: dict
) -> str:
    """Return a module as a fold, the modules in it as folds in the fold; "" without a step."""
    inside = [each for part in state.structure.within(module.id) for each in part.activities]
    steps = [each.id for each in inside if each.published_id]
    if not steps:
        return ""
    done = sum(step in state.finished for step in steps)
    children = state.structure.children.get(module.id, ())
    return MODULE % {
        "level": module.depth + 3,
        "open": " open" if state.watching or here_id in steps else "",
        "title": escape(module.title),
        "count": _count(None if state.watching else done, len(steps), get_language()),
        "fold": icon("next", "fold turns"),
        "mark": _module_mark(module, done, len(steps)),
        "line": _line(module, state, locks, here_id, rows),
        "modules": "".join(_module(each, state, locks, here_id, rows) for each in children),
    }


def _line(
    module: ModuleFacts,
    state: State,
    locks: dict[int, str],
    here_id: int | None,
    rows: dict,
    look: str = "line",
) -> str:
    """Return the stops of the module's own activities; "" if it has none to show."""
    shown = [activity for activity in module.activities if activity.published_id]
    stops = "".join(_row(activity, state, locks, here_id, rows) for activity in shown)
    return f'<ol role="list" class="{look}">{stops}</ol>' if stops else ""


@lru_cache(maxsize=1024)
def _count(done: int | None, total: int, language: str) -> str:
    """Return how much of a module is done, or how much there is. `language` is there for the key.

    done  None for staff, who do nothing in it
    """
    if done is None:
        return escape(ngettext("%(n)s step", "%(n)s steps", total) % {"n": total})
    return escape(_("%(done)s of %(all)s done") % {"done": done, "all": total})


def _module_mark(module: ModuleFacts, done: int, total: int) -> str:
    if done == total:
        return f'<span class="stop done">{icon("check")}</span>'
    if not done:
        return ""
    percent = 100 * done // total
    label = escape(_("%(title)s: %(p)s%% done") % {"title": module.title, "p": percent})
    shown = f'max="100" value="{percent}" aria-label="{label}"'
    return f'<progress class="share wide-only" {shown}></progress>'


def _row(
    activity: ActivityFacts, state: State, locks: dict[int, str], here_id: int | None, rows: dict
) -> str:
    variants = rows[activity.id]
    if activity.id == here_id:
        html = variants["here"]
    elif activity.id in state.finished:
        html = variants["done"]
    elif activity.id in locks:
        return variants["locked"].replace(WHY, escape(locks[activity.id])).replace(GRADE, "")
    else:
        html = variants["open"]
    return html.replace(GRADE, _grade(state, activity.id))


def _grade(state: State, activity_id: int) -> str:
    if activity_id not in state.grades:
        return ""
    return _chip(*state.grades[activity_id], get_language())


@lru_cache(maxsize=1024)
def _chip(earned: Decimal, possible: Decimal, language: str) -> str:
    """Return the points as a chip. `language` is there for the key."""
    points, most = (shown_points(value) for value in (earned, possible))
    text = escape(_("%(points)s of %(most)s") % {"points": points, "most": most})
    return f'<span class="chip ok">{text}</span>'


MODULE = (
    '<details class="module"%(open)s><summary>'
    "%(fold)s<h%(level)d>%(title)s</h%(level)d><span>%(count)s</span>%(mark)s</summary>"
    "%(line)s%(modules)s</details>"
)
