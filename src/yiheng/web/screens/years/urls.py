"""Addresses of the years (年度)."""

from django.urls import path

from .views import years

app_name = "years"
urlpatterns = [path("", years, name="list")]
