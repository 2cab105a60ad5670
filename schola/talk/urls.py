from django.urls import path

from schola.talk import views

urlpatterns = [
    path("notifications", views.notifications, name="notifications"),
    path("notifications/read", views.mark_read, name="read-notifications"),
    path("notifications/undo", views.undo, name="undo-notices"),
    path("me/notifications", views.choices, name="notice-choices"),
    path("unsubscribe/<str:token>", views.unsubscribe, name="unsubscribe"),
]
