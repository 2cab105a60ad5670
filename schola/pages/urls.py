"""Addresses of courses and what lies below them. Routes of activity types come from the types."""

from django.urls import path

from schola.pages.routes import item_routes
from schola.pages.views import (
    activity,
    build,
    course,
    edit,
    everyone,
    grades,
    grading,
    home,
    live,
    members,
    search,
    setup,
    ticks,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("courses", home.my_courses, name="courses"),
    path("courses/new", build.new_course, name="new-course"),
    path("courses/<slug:course>", course.course_page, name="course"),
    path("courses/<slug:course>/edit", build.build, name="build"),
    path("courses/<slug:course>/setup", setup.setup, name="setup"),
    path("courses/<slug:course>/setup/grading", grades.set_scheme, name="set-scheme"),
    path("courses/<slug:course>/grades", grades.grades, name="grades"),
    path("courses/<slug:course>/publish", build.publish, name="publish"),
    path("courses/<slug:course>/modules", build.add_module, name="add-module"),
    path("courses/<slug:course>/modules/<int:module>", build.change_module, name="module"),
    path(
        "courses/<slug:course>/modules/<int:module>/order",
        build.order_activities,
        name="order-activities",
    ),
    path("courses/<slug:course>/add", build.add_untitled, name="add-untitled"),
    path("courses/<slug:course>/activities", build.add_activity, name="add-activity"),
    path("courses/<slug:course>/people", members.members, name="members"),
    path("courses/<slug:course>/people/change", members.change_members, name="change-members"),
    path("catalog", members.catalog, name="catalog"),
    path("catalog/<slug:course>/join", members.join, name="join"),
    path("courses/<slug:course>/now", live.now, name="now"),
    path("search", search.search_page, name="search"),
    path("grading", grading.to_grade, name="grading"),
    *item_routes(),
    path("courses/<slug:course>/<str:item>", activity.activity_page, name="activity"),
    path("courses/<slug:course>/<str:item>/edit", edit.edit_activity, name="edit"),
    path("courses/<slug:course>/<str:item>/autosave", edit.autosave, name="autosave"),
    path("courses/<slug:course>/<str:item>/conditions", edit.conditions, name="conditions"),
    path("courses/<slug:course>/<str:item>/repair", everyone.repair, name="repair"),
    path("courses/<slug:course>/<str:item>/place", build.change_place, name="place"),
    path("courses/<slug:course>/<str:item>/remove", build.remove_activity, name="remove"),
    path("courses/<slug:course>/<str:item>/spent", activity.time_spent, name="time-spent"),
    path("courses/<slug:course>/<str:item>/ticks", ticks.ticks, name="ticks"),
    path("courses/<slug:course>/<str:item>/act", activity.activity_act, name="activity-act"),
]
