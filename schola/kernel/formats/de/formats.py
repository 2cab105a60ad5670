"""What Django does not know of dates in German: a day of these weeks, as in a list."""

DAY_FORMAT = "D, j. M"
