from django.apps import AppConfig


class Video(AppConfig):
    name = "schola.activities.video"
    label = "activities_video"
