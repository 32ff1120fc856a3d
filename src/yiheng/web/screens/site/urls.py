"""Addresses of the public site (公开网站)."""

from django.urls import path

from . import files, views

app_name = "site"
urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("compare/", views.compare, name="compare"),
    path("terms/", views.terms, name="terms"),
    path("corrections/", views.corrections, name="corrections"),
    path("years/<int:year>/", views.year_page, name="year"),
    path("units/<str:unit>/", views.unit_page, name="unit"),
    path("papers/<str:unit>/<int:year>/<str:kind>/", views.paper, name="paper"),
    path("files/<int:number>/package.zip", files.bundle, name="bundle"),
    path("files/<int:number>/<path:name>", files.one, name="file"),
]
