"""What the school's people leave behind, deleted by the clock.

Each job works for its own organization. Tries that failed belong to none: whichever comes first
deletes those of all.
"""

from django.utils.translation import gettext_lazy

from schola.kernel.jobs import every, job
from schola.people.actions.guessing import forget_failures
from schola.people.sessions import forget_expired


@every("29 * * * *")
@job(label=gettext_lazy("Old sessions and failed sign-ins deleted"), tries=3)
def forget_sign_ins() -> None:
    """Delete sessions that ended a month ago, and tries that failed a week ago."""
    forget_expired()
    forget_failures()
