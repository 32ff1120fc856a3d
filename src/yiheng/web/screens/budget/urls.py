"""Addresses of the project library and the drafting of the budget (项目库与预算编制)."""

from django.urls import path

from . import grids, opening, rowviews, stageviews, views, workbooks

app_name = "budget"
urlpatterns = [
    path("", views.home, name="home"),
    path("projects/<str:key>/", views.project, name="project"),
    path("grid/<str:sheet>/", grids.grid, name="grid"),
    path("grid/<str:sheet>/data/", grids.data, name="data"),
    path("grid/<str:sheet>/check/", grids.check, name="check"),
    path("grid/<str:sheet>/save/", grids.save, name="save"),
    path("grid/<str:sheet>/comment/", rowviews.comment, name="comment"),
    path("grid/<str:sheet>/history/<str:key>/", rowviews.history, name="history"),
    path("cell/", rowviews.cell, name="cell"),
    path("undo/", rowviews.undo, name="undo"),
    path("settle/", rowviews.settle, name="settle"),
    path("checks/", views.checks, name="checks"),
    path("stages/", stageviews.stages_page, name="stages"),
    path("stages/copy/", stageviews.copy, name="copy"),
    path("workbook/", workbooks.page, name="workbook"),
    path("workbook/download/", workbooks.download, name="download"),
    path("open/", opening.page, name="open"),
    path("open/confirm/", opening.confirm, name="open_confirm"),
]
