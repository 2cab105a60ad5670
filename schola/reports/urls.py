from django.urls import path

from schola.reports import views

urlpatterns = [
    path("reports", views.report_list, name="reports"),
    path("reports/<slug:key>", views.report_page, name="report"),
    path("reports/<slug:key>.<str:kind>", views.report_file, name="report-file"),
]
