"""Addresses of the browser of rules (规则浏览)."""

from django.urls import path

from . import views

app_name = "rules"
urlpatterns = [
    path("", views.listed, name="list"),
    path("<str:entry>/", views.entry, name="entry"),
]
