from django.apps import AppConfig


class Document(AppConfig):
    name = "schola.activities.document"
    label = "activities_document"
