from django.apps import AppConfig


class Assignment(AppConfig):
    name = "schola.activities.assignment"
    label = "activities_assignment"
