"""Tables of courses: what there is to learn, in which order, under which conditions."""

from schola.courses.models.activity import Activity, ActivityVersion
from schola.courses.models.course import Course, Module

__all__ = ["Activity", "ActivityVersion", "Course", "Module"]
