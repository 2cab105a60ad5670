"""Two authors write to one draft: no text is lost, whatever was published meanwhile."""

import pytest

from schola.courses.actions import publish_activity, save_draft
from schola.courses.models import Activity
from schola.kernel.revision import StaleRevision


def as_read(activity):
    """Return the activity as another author's page has it."""
    return Activity.objects.get(pk=activity.pk)


def test_who_saw_an_older_draft_does_not_replace_what_was_published_since(add):
    page = add("page")
    seen = page.draft.revision
    other = as_read(page)
    save_draft(other, {"body": "<p>Newer.</p>"}, seen)
    publish_activity(other)

    with pytest.raises(StaleRevision) as stale:
        save_draft(page, {"body": "<p>Older.</p>"}, seen)

    now = as_read(page)
    assert now.draft.config == {"body": "<p>Newer.</p>"}
    assert now.versions.count() == 2
    assert stale.value.current == now.draft.revision


def test_publishing_what_one_sees_makes_nothing_stale(add):
    page = add("page", publish=False)
    first = save_draft(page, {"body": "<p>One.</p>"}, page.draft.revision)
    publish_activity(as_read(page))

    second = save_draft(page, {"body": "<p>Two.</p>"}, first.revision)
    third = save_draft(page, {"body": "<p>Three.</p>"}, second.revision)

    assert as_read(page).draft.config == {"body": "<p>Three.</p>"}
    assert third.n == 2
