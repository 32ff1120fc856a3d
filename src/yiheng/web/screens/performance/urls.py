"""Addresses of performance (绩效)."""

from django.urls import path

from . import (
    allocating,
    filling,
    monitoring,
    overrides,
    proof,
    scores,
    supposing,
    supposing_whole,
    surveying,
    targets,
    views,
    whole,
)

app_name = "performance"
urlpatterns = [
    path("", views.home, name="home"),
    path("targets/", targets.targets, name="targets"),
    path("targets/understood/", targets.told, name="told"),
    path("targets/new/", targets.target, name="new_target"),
    path("targets/of/<str:key>/", targets.target, name="target"),
    path("monitoring/", monitoring.monitoring, name="monitoring"),
    path("monitoring/report/", monitoring.report, name="report"),
    path("monitoring/deviation/", monitoring.deviation, name="deviation"),
    path("monitoring/deviations/<str:key>/", monitoring.follow_up, name="follow_up"),
    path("evidence/<str:sheet>/<str:key>/<str:sha256>/", proof.file, name="evidence"),
    path("scores/", scores.scores, name="scores"),
    path("scores/<str:key>/", scores.sheet, name="sheet"),
    path("scores/<str:key>/try/", scores.attempt, name="attempt"),
    path("scores/<str:key>/save/", scores.save, name="save_sheet"),
    path("scores/<str:key>/override/<str:row>/", overrides.override, name="override"),
    path("whole/", whole.whole, name="whole"),
    path("whole/fill/", filling.fill, name="fill_whole"),
    path("whole/fill/try/", filling.attempt, name="attempt_whole"),
    path("whole/fill/save/", filling.save, name="save_whole"),
    path("whole/fill/undo/", filling.undo, name="undo_whole"),
    path("whole/start/", filling.start, name="start_whole"),
    path("whole/whatif/", supposing_whole.supposed, name="whole_whatif"),
    path("whatif/", supposing.sheets, name="whatif"),
    path("whatif/<str:key>/", supposing.supposed, name="supposed"),
    path("allocate/", allocating.allocation, name="allocation"),
    path("allocate/workbook/", allocating.workbook, name="allocation_workbook"),
    path("surveys/", surveying.surveys, name="surveys"),
    path("surveys/new/", surveying.new, name="new_survey"),
    path("surveys/of/<str:key>/open/", surveying.open_page, name="open_survey"),
    path("surveys/online/<int:number>/renew/", surveying.renew, name="renew_survey"),
    path("surveys/online/<int:number>/close/", surveying.close, name="close_survey"),
]
