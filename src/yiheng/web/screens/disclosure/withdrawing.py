"""A certified version, and taking it from the public site again: one person asks, another signs (撤下)."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yiheng.casework.errors import CaseworkError
from yiheng.casework.models import Publication, Withdrawal, WithdrawalState
from yiheng.casework.operations import withdrawals
from yiheng.casework.queries import publications as queries
from yiheng.people.models import Right, Work
from yiheng.reporting import manifest
from yiheng.web import papers
from yiheng.web.access import for_unit, may
from yiheng.web.package_files import documents

from .forms import ReturnForm, WithdrawForm
from .views import me, name_of, the_version


@for_unit(Right.READ, Work.DISCLOSURE)
@require_GET
def version(request: HttpRequest, unit: str, year: int, number: int) -> HttpResponse:
    """A version with its manifest, whether its files are still those that were certified, and whether it is public."""
    return _version(request, the_version(unit, year, number))


@for_unit(Right.WRITE, Work.DISCLOSURE)
@require_POST
def ask(request: HttpRequest, unit: str, year: int, number: int) -> HttpResponse:
    """Ask that the version be taken down."""
    found, form = the_version(unit, year, number), WithdrawForm(request.POST)
    if not form.is_valid():
        return _version(request, found, asking=form, status=422)
    return _done(
        request,
        found,
        lambda: withdrawals.ask(found, by=me(request), reason=form.cleaned_data["reason"]),
        _("已申请撤下，等待另一人签发。签发以前公众仍可看到这一版。"),
    )


@for_unit(Right.CERTIFY, Work.DISCLOSURE)
@require_POST
def sign(request: HttpRequest, unit: str, year: int, number: int) -> HttpResponse:
    """Take it down."""
    found = the_version(unit, year, number)
    return _decided(
        request,
        found,
        lambda asked: withdrawals.sign(asked, by=me(request), policy=papers.policy()),
        _(
            "已撤下。公众的地址现在说明撤下的时间和理由；文件保留，供审计查阅。"
            "撤下的是最新一版时，周期里的公开环节重新办理。"
        ),
    )


@for_unit(Right.APPROVE, Work.DISCLOSURE)
@require_POST
def decline(request: HttpRequest, unit: str, year: int, number: int) -> HttpResponse:
    """Leave it public."""
    found, form = the_version(unit, year, number), ReturnForm(request.POST)
    if not form.is_valid():
        return _version(request, found, declining=form, status=422)
    comment = form.cleaned_data["comment"]
    return _decided(
        request,
        found,
        lambda asked: withdrawals.decline(asked, by=me(request), comment=comment),
        _("未同意撤下，意见已记录。"),
    )


def _decided(
    request: HttpRequest, found: Publication, decide: Callable[[Withdrawal], object], words: str
) -> HttpResponse:
    asked = queries.withdrawals_of(found).filter(state=WithdrawalState.REQUESTED).first()
    if asked is None:
        messages.error(request, _("这一版没有待签发的撤下。请刷新页面。"), extra_tags="danger")
        return _back(found)
    return _done(request, found, lambda: decide(asked), words)


def _done(request: HttpRequest, found: Publication, act: Callable[[], object], words: str) -> HttpResponse:
    try:
        act()
    except CaseworkError as error:
        messages.error(request, str(error), extra_tags="danger")
    else:
        messages.success(request, words)
    return _back(found)


def _back(found: Publication) -> HttpResponse:
    return redirect("disclosure:version", unit=found.unit, year=found.year, number=found.pk)


def _version(
    request: HttpRequest,
    found: Publication,
    *,
    asking: forms.Form | None = None,
    declining: forms.Form | None = None,
    status: int = 200,
) -> HttpResponse:
    user, history = me(request), list(queries.withdrawals_of(found))
    waiting = next((each for each in history if each.state == WithdrawalState.REQUESTED), None)
    down = next((each for each in history if each.state == WithdrawalState.WITHDRAWN), None)
    other = waiting is not None and waiting.requested_by_id != user.pk
    context = {
        "version": found,
        "defects": queries.defects(found),
        "files": sorted(found.manifest.items()),
        "documents": documents(found.manifest),
        "manifest_name": manifest.NAME,
        "unit_name": name_of(found.unit),
        "later": queries.publications(found.unit, found.year, found.kind)
        .filter(version__gt=found.version)
        .first(),
        "down": down,
        "waiting": waiting,
        "declined": [each for each in history if each.state == WithdrawalState.DECLINED],
        "asking": asking or WithdrawForm(),
        "declining": declining or ReturnForm(),
        "may_ask": not waiting and not down and may(user, Right.WRITE, Work.DISCLOSURE, found.unit),
        "may_sign": other and may(user, Right.CERTIFY, Work.DISCLOSURE, found.unit),
        "may_decline": other and may(user, Right.APPROVE, Work.DISCLOSURE, found.unit),
    }
    return render(request, "disclosure/version.html", context, status=status)
