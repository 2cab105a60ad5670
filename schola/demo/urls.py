from django.urls import path

from schola.demo import views

urlpatterns = [path("settings/demo", views.demo_school, name="demo-school")]
