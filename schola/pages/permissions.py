from django.utils.translation import gettext_lazy as _

from schola.kernel.frame import place

place(_("Home"), "home", "/", order=10)
place(_("Courses"), "learn", "/courses", order=20)
place(_("To grade"), "task", "/grading", "grade.edit", order=30)
place(_("People"), "people", "/people", "people.list", order=40)
place(_("Reports"), "chart", "/reports", "course.people", order=50)
place(_("Settings"), "gear", "/settings/school", "school.edit", order=60, whole=True)
