"""Addresses of performance (绩效)."""

from django.urls import path

from . import targets, views

app_name = "performance"
urlpatterns = [
    path("", views.home, name="home"),
    path("targets/", targets.targets, name="targets"),
    path("targets/understood/", targets.told, name="told"),
    path("targets/new/", targets.target, name="new_target"),
    path("targets/of/<str:key>/", targets.target, name="target"),
]
