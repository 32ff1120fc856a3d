"""Whether the application lives and whether it can work (健康检查)."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse

import yiheng
from yiheng.web.access import public


@public
def health(request: HttpRequest) -> JsonResponse:
    """200 while the process answers."""
    return JsonResponse({"status": "ok", "version": yiheng.__version__})


@public
def ready(request: HttpRequest) -> JsonResponse:
    """200 when the database answers and has the tables of this version, 503 otherwise."""
    try:
        executor = MigrationExecutor(connection)
        behind = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError:
        return JsonResponse({"status": "database unavailable"}, status=503)
    if behind:
        return JsonResponse({"status": "migrations pending"}, status=503)
    return JsonResponse({"status": "ok"})
