"""Addresses of the workbench (工作台)."""

from django.urls import path

from . import views

app_name = "workbench"
urlpatterns = [
    path("", views.home, name="home"),
    path("cases/", views.cases, name="cases"),
    path("units/<str:unit>/<int:year>/", views.card, name="card"),
]
