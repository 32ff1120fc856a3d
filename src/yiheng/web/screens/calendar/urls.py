"""Addresses of the calendar editor (工作日历)."""

from django.urls import path

from . import views

app_name = "calendar"
urlpatterns = [
    path("", views.home, name="home"),
    path("<int:year>/days/", views.set_days, name="set_days"),
    path("<int:year>/confirm/", views.confirm, name="confirm"),
    path("days/<str:day>/unset/", views.unset_day, name="unset_day"),
]
