"""Figures, log lines and shedding: what the keepers of an installation rely on."""

from __future__ import annotations

import json
import logging
import sys
import threading
import time
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from yiheng.web.jsonlines import JsonLines
from yiheng.web.shedding import shedding


def test_metrics_count_requests_by_pattern(client: Client, db: None) -> None:
    client.get("/health")
    text = client.get("/metrics").content.decode()
    assert 'yiheng_requests_total{method="GET",status="200",view="health"}' in text
    assert 'yiheng_request_seconds_bucket{le="0.15",view="health"}' in text


def test_metrics_are_not_for_other_machines(client: Client, db: None, settings: Any) -> None:
    assert client.get("/metrics", REMOTE_ADDR="10.0.0.9").status_code == 404
    assert client.get("/metrics", headers={"X-Forwarded-For": "10.0.0.9"}).status_code == 404
    settings.METRICS_TOKEN = "令牌-a"
    assert client.get("/metrics").status_code == 404
    given = {"Authorization": "Bearer 令牌-b"}
    assert client.get("/metrics", headers=given).status_code == 404
    settings.METRICS_TOKEN = "token"
    assert client.get("/metrics", headers={"Authorization": "Bearer token"}).status_code == 200


def test_each_answer_carries_the_number_of_its_line(
    client: Client, db: None, caplog: pytest.LogCaptureFixture
) -> None:
    logger = logging.getLogger("yiheng.request")
    logger.addHandler(caplog.handler)
    logger.setLevel(logging.INFO)
    try:
        answer = client.get("/health?secret=1")
    finally:
        logger.removeHandler(caplog.handler)
        logger.setLevel(logging.NOTSET)
    line = json.loads(JsonLines().format(caplog.records[-1]))
    assert line["request"] == answer["X-Request-ID"] and line["status"] == 200 and line["view"] == "health"
    assert "secret" not in json.dumps(line)


def test_the_trace_of_an_error_stands_in_its_line() -> None:
    try:
        raise ValueError("坏了")
    except ValueError:
        record = logging.LogRecord("yiheng", logging.ERROR, "x.py", 1, "出错\n第二行", None, sys.exc_info())
    text = JsonLines().format(record)
    assert "\n" not in text
    assert "ValueError: 坏了" in json.loads(text)["trace"]


def test_a_request_that_cannot_be_worked_on_soon_is_turned_away(settings: Any, rf: RequestFactory) -> None:
    settings.WEB_AT_ONCE, settings.WEB_PATIENCE = 1, 0.05
    begun, end = threading.Event(), threading.Event()

    def slow(request: HttpRequest) -> HttpResponse:
        if request.path == "/slow":
            begun.set()
            end.wait(10)
        return HttpResponse("done")

    respond = shedding(slow)
    first: list[HttpResponse] = []
    thread = threading.Thread(target=lambda: first.append(respond(rf.get("/slow"))))
    thread.start()
    assert begun.wait(10)
    turned_away = respond(rf.get("/workbench/"))
    assert turned_away.status_code == 503 and turned_away["Retry-After"] == "5"
    assert respond(rf.get("/health")).status_code == 200
    end.set()
    thread.join(10)
    assert first[0].status_code == 200
    assert respond(rf.get("/workbench/")).status_code == 200


def test_the_time_that_a_request_waited_for_a_thread_counts(
    settings: Any, rf: RequestFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.WEB_AT_ONCE, settings.WEB_PATIENCE = 1, 0.3
    respond = shedding(lambda request: HttpResponse("done"))
    monkeypatch.setattr("yiheng.web.shedding.waited", lambda: 0.2)
    assert respond(rf.get("/workbench/")).status_code == 200, "a free place is taken"
    places = shedding(lambda request: respond_late(request))

    def respond_late(request: HttpRequest) -> HttpResponse:
        begun = time.monotonic()
        turned_away = places(rf.get("/workbench/"))
        assert turned_away.status_code == 503
        assert time.monotonic() - begun < 0.25, "of 0.3 seconds 0.2 were over"
        return HttpResponse("done")

    assert places(rf.get("/slow")).status_code == 200


def test_writers_leave_places_to_readers(settings: Any, rf: RequestFactory) -> None:
    settings.WEB_AT_ONCE, settings.WEB_WRITING, settings.WEB_PATIENCE = 2, 1, 0.05
    seen: list[int] = []

    def work(request: HttpRequest) -> HttpResponse:
        if request.path == "/slow":
            seen.append(respond(rf.post("/workbench/")).status_code)
            seen.append(respond(rf.get("/workbench/")).status_code)
        return HttpResponse("done")

    respond = shedding(work)
    assert respond(rf.post("/slow")).status_code == 200
    assert seen == [503, 200]
