"""Surveys on the public page (网上问卷): opened, answered, closed. Of an answer the log has no content."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Mapping, Sequence
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from yiheng.facts.sheets import SheetRow, Value
from yiheng.ledger import operations, queries
from yiheng.ledger.edits import Edit
from yiheng.people.models import User
from yiheng.people.operations import Write, record, take_turns

from .models import OnlineCount, OnlineSurvey

TABLE: Final = "online_surveys"
ANONYMOUS: Final = "匿名问卷"
MOST_QUESTIONS: Final = 30
LONGEST: Final = 200


class OnlineError(Exception):
    """What cannot be done with a public survey; the message is Chinese and says what to do."""


def find(token: str) -> OnlineSurvey | None:
    """The survey that the token opens, open or not."""
    return OnlineSurvey.objects.filter(token_hash=_hash(token)).first()


def of_year(units: Sequence[str], year: int) -> tuple[OnlineSurvey, ...]:
    """All public surveys of the units in the year, the newest first."""
    return tuple(OnlineSurvey.objects.filter(unit__in=units, year=year).prefetch_related("counts"))


def counts(online: OnlineSurvey) -> dict[str, dict[str, int]]:
    """Question → option → number so far, every option named."""
    found = {(each.question, each.option): each.count for each in online.counts.all()}
    return {
        question: {option: found.get((q, o), 0) for o, option in enumerate(online.options)}
        for q, question in enumerate(online.questions)
    }


@transaction.atomic
def open_survey(
    survey: SheetRow, questions: Sequence[str], options: Sequence[str], closes_on: dt.date, *, by: User
) -> tuple[OnlineSurvey, str]:
    """Put a survey on the public page; the page and its token, which nobody can read again later.

    Raises `OnlineError` with everything that is wrong. Rights are the caller's business.
    """
    asked = [text.strip() for text in questions if text.strip()]
    wrong = []
    if not asked:
        wrong.append("没有问题。请至少写一个，一行一个。")
    if len(asked) > MOST_QUESTIONS:
        wrong.append(f"问题有 {len(asked)} 个，最多 {MOST_QUESTIONS} 个。")
    if repeated := sorted({text for text in asked if asked.count(text) > 1}):
        wrong.append(f"问题重复：{'、'.join(repeated)}。")
    wrong += [f"问题“{text[:20]}…”超过 {LONGEST} 字。" for text in asked if len(text) > LONGEST]
    if closes_on < timezone.localdate():
        wrong.append("截止日期已经过去，请选今天或以后的一天。")
    if wrong:
        raise OnlineError("\n".join(wrong))
    token = secrets.token_urlsafe(24)
    try:
        with transaction.atomic():
            made = OnlineSurvey.objects.create(
                token_hash=_hash(token), survey=survey.key, unit=survey.text("unit"),
                year=int(survey.text("year")), title=survey.text("name"), questions=asked, options=list(options),
                closes_on=closes_on, opened_at=timezone.now(), opened_by=str(by),
            )  # fmt: skip
    except IntegrityError as error:
        raise OnlineError("这份问卷已经有一个开放的网上问卷，请先结束它。") from error
    OnlineCount.objects.bulk_create(
        OnlineCount(online=made, question=q, option=o) for q in range(len(asked)) for o in range(len(options))
    )
    after = {"survey": survey.key, "questions": asked, "closes_on": closes_on.isoformat()}
    record([Write("survey_open", TABLE, str(made.pk), after=after)], actor=by)
    return made, token


@transaction.atomic
def renew(online: OnlineSurvey, *, by: User) -> str:
    """A new token; the old one opens nothing any more. Raises `OnlineError` for a survey that has ended."""
    if online.closed_at is not None:
        raise OnlineError("这份网上问卷已经结束。")
    token = secrets.token_urlsafe(24)
    OnlineSurvey.objects.filter(pk=online.pk).update(token_hash=_hash(token))
    record([Write("survey_renew", TABLE, str(online.pk))], actor=by)
    return token


def takes_answers(online: OnlineSurvey) -> bool:
    """Whether it is open today."""
    return online.closed_at is None and timezone.localdate() <= online.closes_on


@transaction.atomic
def answer(online: OnlineSurvey, chosen: Mapping[int, int]) -> None:
    """Count one filled-in form: question → option, both from 0. Raises `OnlineError`."""
    take_turns()
    now = OnlineSurvey.objects.select_for_update().get(pk=online.pk)
    if not takes_answers(now):
        raise OnlineError("这份问卷已经结束，不再接受回答。谢谢您的关心。")
    missing = [str(q + 1) for q in range(len(now.questions)) if q not in chosen]
    if missing or any(option not in range(len(now.options)) for option in chosen.values()):
        raise OnlineError(
            f"还有问题没有选：第 {'、'.join(missing)} 题。" if missing else "选项无法识别，请重新选择。"
        )
    for question in range(len(now.questions)):
        now.counts.filter(question=question, option=chosen[question]).update(count=F("count") + 1)
    OnlineSurvey.objects.filter(pk=now.pk).update(answers=F("answers") + 1)
    record([Write("survey_answer", TABLE, str(now.pk), after={"answers": now.answers + 1})], actor=ANONYMOUS)


@transaction.atomic
def close_survey(online: OnlineSurvey, *, by: User) -> OnlineSurvey:
    """End a survey and add its counts to the ledger's; without any answer it only ends.

    Raises `OnlineError` where it has ended already, `InvalidContent` and `EditConflict` as every write of the ledger.
    """
    take_turns()
    now = OnlineSurvey.objects.select_for_update().get(pk=online.pk)
    if now.closed_at is not None:
        raise OnlineError("这份网上问卷已经结束。")
    if now.answers:
        applied = operations.edit(_edits(now), actor=by, label=f"网上问卷：{now.title}（{now.answers} 份）")
        now.load = applied.load.pk if applied.load else None
    now.closed_at, now.closed_by = timezone.now(), str(by)
    now.save(update_fields=["closed_at", "closed_by", "load"])
    after = {"answers": now.answers, "load": now.load}
    record([Write("survey_close", TABLE, str(now.pk), after=after)], actor=by)
    return now


def _edits(online: OnlineSurvey) -> list[Edit]:
    """The rows that the counts change or add: the answers, and the number of forms that came back."""
    surveys = {row.key: (row, version) for row, version in _rows("surveys", online)}
    if online.survey not in surveys:
        raise OnlineError("台账里已经没有这份满意度调查，请先恢复它。")
    head, version = surveys[online.survey]
    returned = int(head.text("returned") or 0) + online.answers
    edits = [Edit("surveys", head.key, version, {"returned": returned}, 1)]
    own = [(row, v) for row, v in _rows("survey_answers", online) if row.text("survey") == online.survey]
    known = {(row.text("question"), row.text("option")): (row, v) for row, v in own}
    orders = {row.text("question"): int(row.text("order")) for row, _ in own}
    last = max(orders.values(), default=0)
    new = []
    for question, options in counts(online).items():
        if question not in orders:
            last += 1
            orders[question] = last
        for option, number in options.items():
            if (question, option) in known:
                row, v = known[question, option]
                if number:
                    total = int(row.text("count")) + number
                    edits.append(Edit("survey_answers", row.key, v, {"count": total}, len(edits) + 1))
            else:
                new.append((question, option, number))
    keys = queries.free_keys("survey_answers", f"{online.unit}-{online.year}-survey_answers-", len(new))
    for key, (question, option, number) in zip(keys, new, strict=True):
        values: dict[str, Value] = {
            "key": key, "unit": online.unit, "year": online.year, "survey": online.survey,
            "order": orders[question], "question": question, "option": option, "count": number,
        }  # fmt: skip
        edits.append(Edit("survey_answers", key, 0, values, len(edits) + 1))
    return edits


def _rows(sheet: str, online: OnlineSurvey) -> list[tuple[SheetRow, int]]:
    return queries.sheet_rows(sheet, [online.unit], online.year)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
