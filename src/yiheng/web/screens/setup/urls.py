"""Addresses of the first start (首次设置)."""

from django.urls import path

from . import views

app_name = "setup"
urlpatterns = [
    path("", views.start, name="start"),
    path("units/", views.units, name="units"),
    path("calendar/", views.calendar, name="calendar"),
    path("administrators/", views.administrators, name="administrators"),
    path("restore/", views.restore, name="restore"),
    path("restore/<uuid:key>/", views.restored, name="restored"),
    path("restore/<uuid:key>/state/", views.restored_state, name="restored_state"),
    path("done/", views.done, name="done"),
]
