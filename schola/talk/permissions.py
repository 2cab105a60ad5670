"""What hangs on the bell, counted with each page for people who have signed in, and its pages."""

from django.utils.translation import gettext_lazy as _

from schola.kernel.destinations import destination
from schola.kernel.frame import bells
from schola.talk.queries import count_unread

bells.append(count_unread)

destination(_("Notifications"), "/notifications", icon="bell")
destination(_("What you are told"), "/me/notifications", icon="bell")
