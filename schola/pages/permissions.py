from django.utils.translation import gettext_lazy as _

from schola.kernel.destinations import destination
from schola.kernel.frame import place

place(_("Home"), "home", "/", order=10)
place(_("Courses"), "learn", "/courses", order=20)
place(_("To grade"), "task", "/grading", "grade.edit", order=30)
place(_("People"), "people", "/people", "people.list", order=40)
place(_("Reports"), "chart", "/reports", "course.people", order=50)
place(_("Settings"), "gear", "/settings/school", "school.edit", order=60, whole=True)

destination(_("Find a course"), "/catalog", icon="learn")
destination(_("New course"), "/courses/new", "course.create", icon="plus")
destination(_("My record"), "/me/record", icon="learn")
