"""Dates in English as the design writes them: day before month, the month in letters, 24 hours.

So nobody has to know on which side of an ocean 5/11 was written.
"""

DATE_FORMAT = "j F Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "D j M Y, H:i"
SHORT_DATE_FORMAT = "j M Y"
SHORT_DATETIME_FORMAT = "j M Y, H:i"
MONTH_DAY_FORMAT = "j F"
DAY_FORMAT = "D j M"  # of ours: a day of these weeks, as in a list
FIRST_DAY_OF_WEEK = 1
