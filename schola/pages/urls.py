"""Addresses of courses and what lies below them. Routes of activity types come from the types."""

from django.urls import include, path

from schola.pages.routes import item_routes
from schola.pages.views import (
    activity,
    build,
    catalog,
    course,
    due,
    edit,
    enroll_list,
    everyone,
    grades,
    grading,
    home,
    live,
    members,
    modules,
    records,
    search,
    setup,
    ticks,
)

# What lies below an activity: first what its type declares, so that a type may take any word.
_item = [
    *item_routes(),
    path("edit", edit.edit_activity, name="edit"),
    path("autosave", edit.autosave, name="autosave"),
    path("conditions", edit.conditions, name="conditions"),
    path("repair", everyone.repair, name="repair"),
    path("place", build.change_place, name="place"),
    path("remove", build.remove_activity, name="remove"),
    path("spent", activity.time_spent, name="time-spent"),
    path("ticks", ticks.ticks, name="ticks"),
    path("act", activity.activity_act, name="activity-act"),
]
_course = [
    path("edit", build.build, name="build"),
    path("setup", setup.setup, name="setup"),
    path("setup/grading", grades.set_scheme, name="set-scheme"),
    path("grades", grades.grades, name="grades"),
    path("publish", build.publish, name="publish"),
    path("modules", modules.add_module, name="add-module"),
    path("modules/<int:module>", modules.change_module, name="module"),
    path("modules/<int:module>/order", modules.order_activities, name="order-activities"),
    path("modules/<int:module>/conditions", modules.conditions, name="module-conditions"),
    path("add", build.add_untitled, name="add-untitled"),
    path("activities", build.add_activity, name="add-activity"),
    path("people", members.members, name="members"),
    path("people/change", members.change_members, name="change-members"),
    path("people/list", enroll_list.enroll_list, name="enroll-list"),
    path("people/due", due.change_due, name="change-due"),
    path("now", live.now, name="now"),
    path("<str:item>", activity.activity_page, name="activity"),
    path("<str:item>/", include(_item)),
]
urlpatterns = [
    path("", home.home, name="home"),
    path("courses", home.my_courses, name="courses"),
    path("courses/new", build.new_course, name="new-course"),
    path("courses/<slug:course>", course.course_page, name="course"),
    path("courses/<slug:course>/", include(_course)),
    path("catalog", catalog.catalog, name="catalog"),
    path("catalog/<slug:course>/join", catalog.join, name="join"),
    path("me/record", records.my_record, name="my-record"),
    path("people/<int:person>/learning", records.learning, name="person-learning"),
    path("people/<int:person>/learning.csv", records.learning_file, name="person-learning-file"),
    path("search", search.search_page, name="search"),
    path("grading", grading.to_grade, name="grading"),
]
