"""Addresses of the tables (报表)."""

from django.urls import path

from .views import download, home, printed, sheet, source

app_name = "tables"
urlpatterns = [
    path("", home, name="home"),
    path("<str:kind>/", sheet, name="sheet"),
    path("<str:kind>/source/", source, name="source"),
    path("<str:kind>/print/", printed, name="print"),
    path("<str:kind>/download/<str:form>/", download, name="download"),
]
