"""Rows are read by any floor above, and written only by the actions of their own app."""

import ast

from tests.architecture.source import app_of, code, module_of, short, tree
from tests.architecture.writes import tables, writes

OWNERS = {"Organization": "people"}  # its table is in the kernel, for every row points to it
ALLOWED = {  # (module, class) -> why
    ("schola.demo.actions", "Organization"): "the school that the demo lives in, if there is none",
    ("schola.demo.school", "User"): "one hash for all demo accounts, whose password is printed",
    ("schola.demo.removing", "User"): "no action deletes sign-ins; the demo takes its own away",
}


def test_no_app_writes_the_rows_of_another():
    foreign = [
        f"{short(path)}:{line} writes {table}"
        for path in code()
        for table, line in writes(tree(path))
        if OWNERS.get(table, app_of(tables()[table])) != app_of(module_of(path))
        and (module_of(path), table) not in ALLOWED
    ]

    assert not foreign, "Call the action of the app that owns the row."


def test_the_reader_of_writes_sees_what_it_should():
    text = """
def change(course: Course):
    course.save()
    course.modules.update(position=1)
    Person.objects.filter(pk=1).update(full_name="")
    seat = Enrollment.objects.get(pk=1)
    seat.delete()
    form.save()
    Course.objects.filter(pk=1).exists()
"""

    seen = list(writes(ast.parse(text)))

    assert seen == [("Course", 3), ("Module", 4), ("Person", 5), ("Enrollment", 7)]


def test_views_and_forms_write_nothing_themselves():
    views = [path for path in code() if {"views", "views.py", "forms.py"} & set(path.parts)]

    writing = [
        f"{short(path)}:{line} writes {table}"
        for path in views
        for table, line in writes(tree(path))
    ]

    assert views
    assert not writing, "A view calls an action."
