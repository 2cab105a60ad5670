"""The bell, opened; taking back what one has told; choosing what one is told, and by mail not."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from schola.kernel.guard import public, signed_in
from schola.talk.actions import choose_ways, read_all, switch_mails_off, take_back
from schola.talk.kinds import FIXED, kinds, words
from schola.talk.queries import BOTH, choices_of, shown_to, ways_of
from schola.talk.unsubscribing import FIELD, WORD, read_address

SHOWN = 50


@require_GET
@signed_in
def notifications(request: HttpRequest) -> HttpResponse:
    """Show what a person was told, the newest first."""
    notices = [
        {"text": words(row.kind, row.data), "url": row.url, "at": row.at, "new": not row.read_at}
        for row in shown_to(request.person)[:SHOWN]
    ]
    return render(request, "talk/notifications.html", {"notices": notices})


@require_POST
@signed_in
def mark_read(request: HttpRequest) -> HttpResponse:
    read_all(request.person)
    return redirect("/notifications")


@require_POST
@signed_in
def undo(request: HttpRequest) -> HttpResponse:
    """Take back what an act of this person has told, and say how that went."""
    spared = late = 0
    if act := _act(request.POST.get("act", "")):
        spared, late = take_back(act, request.person)
    if spared:
        text = ngettext(
            "%(n)s notice was taken back. What you did stays.",
            "%(n)s notices were taken back. What you did stays.",
            spared,
        )
        messages.success(request, text % {"n": spared})
    elif late:
        messages.warning(request, _("It is too late: they have been told."))
    else:
        messages.warning(request, _("There is nothing to take back any more."))
    return redirect(_back(request))


@require_http_methods(["GET", "POST"])
@signed_in
def choices(request: HttpRequest) -> HttpResponse:
    """Show and save by which ways a person hears of each kind of notice."""
    if request.method == "POST":
        on = request.POST.keys()
        choose_ways(
            request.person, {key: (f"{key}-bell" in on, f"{key}-mail" in on) for key in kinds}
        )
        messages.success(request, _("Saved."))
        return redirect("/me/notifications")
    rows = [
        {"key": key, "label": kinds[key].label, "bell": bell, "mail": mail}
        for key, (bell, mail) in choices_of(request.person).items()
    ]
    return render(request, "talk/choices.html", {"rows": rows, "fixed": FIXED})


@csrf_exempt
@require_http_methods(["GET", "POST"])
@public("the address itself is signed")
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Switch the mails off that an address is about, when it is posted to. Safe to repeat.

    A look changes nothing: scanners follow the links of mails. What posts for a mail program has
    neither cookie nor token of ours, so the address alone is the permission.
    """
    mails = read_address(token)
    if mails is None:
        return render(request, "talk/unsubscribe.html", status=404)
    unclear = request.method == "POST" and request.POST.get(FIELD) != WORD
    if request.method == "POST" and not unclear:
        switch_mails_off(mails.person_id, mails.kind)
    ways = ways_of([mails.person_id], mails.kind)
    context = {
        "label": kinds[mails.kind].label,
        "off": not ways.get(mails.person_id, BOTH)[1],
        "unclear": unclear,
        "field": FIELD,
        "word": WORD,
    }
    return render(request, "talk/unsubscribe.html", context, status=422 if unclear else 200)


def _act(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _back(request: HttpRequest) -> str:
    """Return the page on which the button was, if it is one of ours."""
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, None) and target.startswith("/")
    return target if safe else "/notifications"
