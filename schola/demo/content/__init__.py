"""The demo school's courses, written for it: one folder each.

<course>/__init__.py   the outline (COURSE)
<course>/pages/*.html  lessons; pictures as src="media:name.webp"
<course>/quizzes/*.txt quizzes in the notation of schola.questions.typed
<course>/tasks/*.html  what to hand in
"""

from schola.demo.content.data_protection_at_work import COURSE as DATA_PROTECTION
from schola.demo.content.introduction_to_statistics import COURSE as STATISTICS
from schola.demo.content.welcome_to_northgate import COURSE as WELCOME

COURSES = (STATISTICS, DATA_PROTECTION, WELCOME)
