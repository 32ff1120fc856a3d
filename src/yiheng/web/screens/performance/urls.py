"""Addresses of performance (绩效)."""

from django.urls import path

from . import views

app_name = "performance"
urlpatterns = [
    path("", views.home, name="home"),
]
