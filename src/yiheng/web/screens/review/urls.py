"""Addresses of reviews (审校)."""

from django.urls import path

from . import exports, views

app_name = "review"
urlpatterns = [
    path("", views.home, name="home"),
    path("upload/", views.upload, name="upload"),
    path("<uuid:key>/", views.document, name="document"),
    path("<uuid:key>/decide/", views.decide, name="decide"),
    path("<uuid:key>/pages/<int:page>.png", exports.page, name="page"),
    path("<uuid:key>/findings.xlsx", exports.findings, name="findings"),
    path("<uuid:key>/annotated.pdf", exports.annotated, name="annotated"),
    path("<uuid:key>/decisions.json", exports.decisions, name="decisions"),
    path("<uuid:key>/original/", exports.original, name="original"),
]
