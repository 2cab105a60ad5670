from django.urls import path

from schola.people.views import doors

urlpatterns = [
    path("signin", doors.sign_in_page, name="sign-in"),
    path("signout", doors.sign_out, name="sign-out"),
    path("reset", doors.reset_page, name="reset"),
    path("welcome/<str:token>", doors.accept_page, name="accept"),
]
