"""Addresses of the first start (首次设置)."""

from django.urls import path

from . import views

app_name = "setup"
urlpatterns = [
    path("", views.start, name="start"),
    path("units/", views.units, name="units"),
    path("calendar/", views.calendar, name="calendar"),
    path("administrators/", views.administrators, name="administrators"),
    path("done/", views.done, name="done"),
]
