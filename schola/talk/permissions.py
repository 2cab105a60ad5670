"""How many notices hang on the bell: asked with each page, for people who have signed in."""

from schola.kernel.frame import bells
from schola.talk.queries import count_unread

bells.append(count_unread)
