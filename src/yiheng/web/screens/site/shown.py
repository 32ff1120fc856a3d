"""What the pages of the public site show of a certified version (公开版本)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from yiheng.casework.models import Publication, Withdrawal
from yiheng.casework.queries import publications as published_versions
from yiheng.ledger.queries import unit_tree
from yiheng.pipelines import published
from yiheng.pipelines.assemble import KIND_TITLES
from yiheng.pipelines.published import Contents, Headline
from yiheng.web import papers

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

PAGE: Final = "site/index.html"
DOWNLOADS: Final = {
    "disclosure.pdf": _("公开说明（PDF）"),
    "disclosure.docx": _("公开说明（DOCX）"),
    "tables.xlsx": _("报表（XLSX）"),
    "data/budget.csv": _("预算收支明细（CSV）"),
    "data/datapackage.json": _("数据说明（JSON）"),
    "performance/evaluation.pdf": _("绩效自评报告（PDF）"),
    "performance/evaluation.docx": _("绩效自评报告（DOCX）"),
    "performance/evaluation.xlsx": _("绩效自评表（XLSX）"),
    "evaluation.pdf": _("绩效自评报告（PDF）"),
    "evaluation.docx": _("绩效自评报告（DOCX）"),
    "evaluation.xlsx": _("绩效自评表（XLSX）"),
    "manifest.json": _("文件清单与校验值（JSON）"),
}
READABLE: Final = {"site/index.html": _("正文与报表"), "performance/site/index.html": _("绩效自评")}


@dataclass(frozen=True, slots=True)
class Shown:
    """A version with the names that people know it by."""

    version: Publication

    @property
    def unit_name(self) -> str:
        """The unit's name in the ledger, its key where it is gone."""
        unit = unit_tree().by_key.get(self.version.unit)
        return unit.name if unit else self.version.unit

    @property
    def kind_title(self) -> str:
        """部门预算 and the like."""
        return KIND_TITLES.get(self.version.kind, self.version.kind)

    @property
    def contents(self) -> Contents:
        """What its open data hold."""
        return published.contents(self.version.path, self.version.manifest_sha256)

    @property
    def headlines(self) -> tuple[Headline, ...]:
        """The figures to show first."""
        return published.headlines(self.contents, self.version.kind, self.version.year, papers.policy())

    @property
    def downloads(self) -> list[tuple[str, StrOrPromise, int, str]]:
        """(path, words, bytes, SHA-256) of the files to take away."""
        return [
            (path, words, int(size), str(digest))
            for path, words in DOWNLOADS.items()
            if path in self.version.manifest
            for size, digest in [self.version.manifest[path]]
        ]

    @property
    def pages(self) -> list[tuple[str, StrOrPromise]]:
        """(path, words) of the pages to read on the spot."""
        return [(path, words) for path, words in READABLE.items() if path in self.version.manifest]

    def place(self, address: str) -> str:
        """The path of the page with the anchor of a cell; the page alone where the cell has none."""
        anchor = self.contents.anchors.get(address)
        return f"#{anchor}" if anchor else ""


def withdrawn(request: HttpRequest, down: Withdrawal) -> HttpResponse:
    """410: that this was public, when it was taken down and why; and what else there is of the same paper."""
    version = down.publication
    context = {"paper": Shown(version), "down": down, "lines": versions_of(version)}
    return render(request, "site/withdrawn.html", context, status=410)


def versions_of(version: Publication) -> list[tuple[Publication, Withdrawal | None]]:
    """Every version of the same paper, the newest first, each with its withdrawal."""
    paper = (version.unit, version.year, version.kind)
    down = published_versions.withdrawn(*paper)
    return [(each, down.get(each.pk)) for each in published_versions.publications(*paper)]


def in_force(unit: str = "", year: int = 0, kind: str = "") -> tuple[Shown, ...]:
    """The versions in force, the newest year first."""
    found = [Shown(version) for version in published_versions.in_force(unit, year, kind)]
    return tuple(sorted(found, key=lambda each: (-each.version.year, each.unit_name, each.version.kind)))


def units_of(found: Iterable[Shown]) -> list[tuple[str, str]]:
    """(key, name) of the units among the versions, each once."""
    return sorted({(each.version.unit, each.unit_name) for each in found}, key=lambda pair: pair[1])
