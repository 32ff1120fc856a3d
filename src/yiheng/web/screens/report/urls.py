"""Addresses of the report (报告)."""

from django.urls import path

from .naming import figures
from .packages import package
from .views import download, editor, history, home, page, preview, restore, save, source, undo

app_name = "report"
urlpatterns = [
    path("", home, name="home"),
    path("<str:kind>/", editor, name="editor"),
    path("<str:kind>/source/", source, name="source"),
    path("<str:kind>/save/", save, name="save"),
    path("<str:kind>/undo/", undo, name="undo"),
    path("<str:kind>/preview/", preview, name="preview"),
    path("<str:kind>/page/<int:number>.png", page, name="page"),
    path("<str:kind>/history/", history, name="history"),
    path("<str:kind>/figures/", figures, name="figures"),
    path("<str:kind>/package/", package, name="package"),
    path("<str:kind>/restore/", restore, name="restore"),
    path("<str:kind>/download/<str:form>/", download, name="download"),
]
