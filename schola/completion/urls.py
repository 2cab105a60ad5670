from django.urls import path

from schola.completion import staff_views, views

urlpatterns = [
    path("me/certificates", views.my_certificates, name="my-certificates"),
    path("certificates/<str:number>.pdf", views.certificate_pdf, name="certificate-pdf"),
    path("verify", views.verify_page, name="verify"),
    path("verify/<str:number>", views.verify_page, name="verify-number"),
    path(
        "certificates/<str:number>/change",
        staff_views.change_certificate,
        name="change-certificate",
    ),
    path("settings/certificates", staff_views.school_template, name="school-template"),
    path("settings/certificates/specimen.pdf", staff_views.school_specimen, name="school-specimen"),
    path("courses/<slug:course>/certificates", staff_views.course_certificates, name="awarded"),
    path("courses/<slug:course>/certificate", staff_views.course_template, name="course-template"),
    path(
        "courses/<slug:course>/certificate/school-look",
        staff_views.use_school_look,
        name="use-school-look",
    ),
    path(
        "courses/<slug:course>/certificate/specimen.pdf",
        staff_views.course_specimen,
        name="course-specimen",
    ),
]
