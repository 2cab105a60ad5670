"""Addresses of courses and what lies below them. Routes of activity types come from the types."""

from django.urls import path

from schola.pages.routes import item_routes
from schola.pages.views import activity, course, home

urlpatterns = [
    path("", home.home, name="home"),
    path("courses", home.my_courses, name="courses"),
    path("courses/<slug:course>", course.course_page, name="course"),
    *item_routes(),
    path("courses/<slug:course>/<str:item>", activity.activity_page, name="activity"),
    path("courses/<slug:course>/<str:item>/act", activity.activity_act, name="activity-act"),
]
