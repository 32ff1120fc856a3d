"""What the page of a unit's year shows (页面内容): the ribbon with a dialog for everything that may be done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from yiheng.casework import flow as flows
from yiheng.casework.models import State
from yiheng.casework.queries.cycles import CycleView, StepView

from .dialogs import Dialog, Refused
from .forms import CommentForm, DueForm, NoteForm, ReasonForm, RecordForm, ReturnForm

FORMS: Final[Mapping[str, type[forms.Form]]] = {
    "submit": NoteForm,
    "finish": NoteForm,
    "approve": CommentForm,
    "return": ReturnForm,
    "withdraw": NoteForm,
    "reopen": ReasonForm,
    "set_due": DueForm,
}
_ADDRESS: Final = {"return": "send_back"}
"""Names of addresses that a keyword of Python forbids."""
_LOOK: Final = {"return": "danger", "reopen": "danger", "withdraw": "secondary", "set_due": "secondary"}


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step with its dialogs and the way to the screen where its work is done."""

    view: StepView
    dialogs: tuple[Dialog, ...]
    screen: str
    links: tuple[tuple[str, str], ...]
    """The approval chain: label, and done, now, returned or ""."""


@dataclass(frozen=True, slots=True)
class ShownStage:
    """A place of the ribbon."""

    key: str
    label: str
    state: str
    state_label: str
    is_over: bool
    steps: tuple[ShownStep, ...]


def form_class(view: StepView, action: str) -> Callable[..., forms.Form]:
    """The form that an action of a step asks for."""
    if action in ("submit", "finish") and view.rule.kind == flows.RECORD:
        return lambda *args, **kwargs: RecordForm(*args, asks=view.rule.asks, **kwargs)
    return FORMS[action]


def stages(cycle: CycleView, refused: Refused | None) -> tuple[ShownStage, ...]:
    """The whole ribbon."""
    return tuple(
        ShownStage(
            stage.key, stage.label, stage.state, stage.state_label, stage.is_over,
            tuple(_step(cycle, view, refused) for view in stage.steps),
        )
        for stage in cycle.stages
    )  # fmt: skip


def _step(cycle: CycleView, view: StepView, refused: Refused | None) -> ShownStep:
    unit, year = cycle.cycle.unit_id, cycle.cycle.year
    return ShownStep(
        view,
        tuple(_dialog(unit, year, view, action, refused) for action in view.actions),
        screen_url(view.rule.screen, unit, year),
        tuple(_links(view)),
    )


def _dialog(unit: str, year: int, view: StepView, action: str, refused: Refused | None) -> Dialog:
    id = f"{view.rule.key}-{action}"
    label, question = _words(view, action)
    address = reverse(f"year:{_ADDRESS.get(action, action)}", args=[unit, year, view.rule.key])
    form = refused.form if refused and refused.id == id else form_class(view, action)(auto_id=f"{id}-%s")
    return Dialog(id, label, address, question, form, _LOOK.get(action, "primary"))


def _words(view: StepView, action: str) -> tuple[str, str]:
    """The label of the button and what the dialog says before the form."""
    title = view.rule.title
    chain = " → ".join(link.label for link in view.rule.chain)
    recorded = view.rule.kind == flows.RECORD
    words: dict[str, tuple[str, str]] = {
        "submit": (
            _("登记并送核") if recorded else _("报送"),
            _("“%(title)s”将送：%(chain)s。审核期间不能修改，首环审核前可以撤回。")
            % {"title": title, "chain": chain},
        ),
        "finish": (
            _("登记") if recorded else _("办结"),
            _("办结“%(title)s”，后面的环节随之开始。") % {"title": title},
        ),
        "approve": (_("同意"), _("同意“%(title)s”。意见会留在办理记录里。") % {"title": title}),
        "return": (_("退回"), _("“%(title)s”将退回经办人修改后重新报送。") % {"title": title}),
        "withdraw": (_("撤回"), _("撤回“%(title)s”，修改后可以重新报送。") % {"title": title}),
        "reopen": (
            _("重新办理"),
            _("重新办理“%(title)s”，后面还没有办理的环节恢复为未开始。") % {"title": title},
        ),
        "set_due": (
            _("登记期限"),
            _("登记“%(title)s”的当年期限；法定期限更早的，仍按法定期限。") % {"title": title},
        ),
    }
    return words[action]


def _links(view: StepView) -> Any:
    said = {decision.position: str(decision.outcome) for decision in view.decisions}
    links = view.submission.links if view.submission else [link.as_json() for link in view.rule.chain]
    for place, link in enumerate(links):
        waits = view.state == State.SUBMITTED and place == len(said)
        yield link["label"], "now" if waits else said.get(place, "")


def screen_url(screen: str, unit: str, year: int) -> str:
    """The address of a screen of the unit's year; "" where there is none."""
    if not screen:
        return ""
    try:
        return reverse(f"{screen}:home", args=[unit, year])
    except NoReverseMatch:
        return ""
