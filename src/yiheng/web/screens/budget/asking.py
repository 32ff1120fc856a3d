"""What the grid's script asks for (页面请求): JSON in and out, refusals in words, nothing beyond the unit-year."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext as _

from yiheng.casework.queries.remarks import on_sheet
from yiheng.ledger import queries
from yiheng.ledger.sheets import shapes
from yiheng.people.models import Right, Work
from yiheng.pipelines.intake import SHEETS
from yiheng.web.access import for_unit, may, works_on

from .gridform import comments_of
from .place import SHEETS as SHOWN
from .place import UnitYear, work_of

LARGEST: Final = 5_000_000
"""Bytes of one request; a sheet of ten thousand changed rows needs less."""
READ = for_unit(Right.READ, Work.BUDGET, Work.PERFORMANCE)
WRITE = for_unit(Right.WRITE, Work.BUDGET, Work.PERFORMANCE)
REMARK = works_on(Work.BUDGET, Work.PERFORMANCE)


class Refused(Exception):
    """A request that is answered by words instead of data."""

    def __init__(self, text: str, status: int = 400) -> None:
        super().__init__(text)
        self.status = status


def answering(view: Callable[..., dict[str, Any]]) -> Callable[..., JsonResponse]:
    """Answer with the view's data as JSON, and with words where it is refused."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        try:
            return JsonResponse(view(request, *args, **kwargs), json_dumps_params={"ensure_ascii": False})
        except Refused as error:
            return JsonResponse({"error": str(error)}, status=error.status)

    return answer


def known(at: UnitYear, sheet: object) -> str:
    """The name of a sheet that is filled in here and that the user may see: somebody to whom the targets were handed
    sees no budget."""
    if sheet not in SHOWN:
        raise Http404
    if not may(at.user, Right.READ, work_of(str(sheet)), at.unit.key):
        raise PermissionDenied
    return str(sheet)


def body(request: HttpRequest) -> dict[str, Any]:
    if len(request.body) > LARGEST:
        raise Refused(_("一次提交的内容太多，请分几次保存，或用工作簿上传。"), 413)
    try:
        found = json.loads(request.body)
    except ValueError as error:
        raise Refused(_("请求无法识别，请刷新页面后重试。")) from error
    if not isinstance(found, dict):
        raise Refused(_("请求无法识别，请刷新页面后重试。"))
    return found


def within(at: UnitYear, sheet: str, key: str) -> tuple[str, int | None, str]:
    """Unit, year and stage of a row; 404 for one that is, or last was, of another unit or year."""
    shape, units = shapes()[sheet], {unit.key for unit in at.below}
    last = next((v.values for v in reversed(queries.history(sheet, key)) if v.values is not None), None)
    if last is None:
        raise Http404
    named = shape.as_dict(last)
    unit, year = str(named[shape.model.unit_column]), named["year"]
    if unit not in units or year not in (at.year, None):
        raise Http404
    return unit, year, str(named.get("stage", ""))


def may_write(at: UnitYear, reach: set[tuple[str, str, int | None, str]]) -> None:
    """Refuse what reaches beyond this unit-year, its grids, and the stages that are being filled in now."""
    units = {unit.key for unit in at.below}
    for sheet, unit, year, stage in reach:
        if sheet not in SHOWN or unit not in units or year not in (at.year, None):
            raise Refused(_("这次改动涉及本单位本年度以外的内容，不能在这里撤销。"), 403)
        if not (allowed := at.editable_at(sheet, stage)):
            raise Refused(allowed.reason, 403)


def comments(at: UnitYear, sheet: str) -> list[dict[str, Any]]:
    columns = {column.title: column.name for column in SHEETS[sheet].columns}
    title = SHEETS[sheet].title
    return comments_of(at, on_sheet(at.unit.key, at.year, work_of(sheet), title), columns)
