from django.urls import path

from schola.completion import views

urlpatterns = [
    path("me/certificates", views.my_certificates, name="my-certificates"),
    path("certificates/<str:number>.pdf", views.certificate_pdf, name="certificate-pdf"),
    path("verify", views.verify_page, name="verify"),
    path("verify/<str:number>", views.verify_page, name="verify-number"),
]
