"""Addresses of background jobs (任务)."""

from django.urls import path

from . import views

app_name = "jobs"
urlpatterns = [
    path("", views.jobs, name="list"),
    path("load/", views.load, name="load"),
    path("<uuid:key>/", views.job, name="job"),
    path("<uuid:key>/state/", views.state, name="state"),
    path("<uuid:key>/cancel/", views.cancel, name="cancel"),
    path("<uuid:key>/confirm/", views.confirm, name="confirm"),
    path("<uuid:key>/files/<path:name>", views.download, name="file"),
]
