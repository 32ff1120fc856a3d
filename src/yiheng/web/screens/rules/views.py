"""All dated rules with their sources (规则浏览): search, one rule with its earlier and later versions."""

from __future__ import annotations

from typing import Any

import yaml
from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yiheng.policy import Entry, Policy, PolicyUnknown, thaw
from yiheng.web import papers
from yiheng.web.access import signed_in
from yiheng.web.shared import shared

from .words import TYPES

PAGE = 50
LONGEST = 60_000
"""Characters of a rule's content that a page shows; a code table may have more."""


class RulesForm(forms.Form):
    """Which rules are looked for."""

    text = forms.CharField(
        label=gettext_lazy("编号、名称或文件"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"class": "form-control", "type": "search"}),
    )
    type = forms.ChoiceField(
        label=gettext_lazy("类别"), required=False, widget=forms.Select(attrs={"class": "form-select"})
    )
    place = forms.ChoiceField(
        label=gettext_lazy("辖区"), required=False, widget=forms.Select(attrs={"class": "form-select"})
    )
    on = forms.DateField(
        label=gettext_lazy("某日有效"),
        required=False,
        widget=forms.DateInput(attrs={"class": "form-control", "type": "date"}),
    )

    def __init__(self, policy: Policy, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = dict.fromkeys(entry.jurisdiction for entry in policy.entries)
        choices: dict[str, list[tuple[str, Any]]] = {
            "type": [(type, TYPES.get(type, type)) for type in policy.types()],
            "place": [(place, _place(policy, place)) for place in places],
        }
        for name, found in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("全部")), *found]


@signed_in
@shared
def listed(request: HttpRequest) -> HttpResponse:
    """The rules that are looked for, in the order of their files."""
    policy = papers.policy()
    form = RulesForm(policy, request.GET or None)
    wanted = form.cleaned_data if form.is_bound and form.is_valid() else {}
    page = Paginator([e for e in policy.entries if _fits(e, wanted)], PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    lines = [(e, TYPES.get(e.type, e.type), _place(policy, e.jurisdiction)) for e in page]
    context = {
        "form": form,
        "lines": lines,
        "page": page,
        "query": query.urlencode(),
        "digest": policy.digest,
    }
    return render(request, "rules/list.html", context)


@signed_in
def entry(request: HttpRequest, entry: str) -> HttpResponse:
    """One rule in all its versions, the newest first, each with its source and content."""
    policy = papers.policy()
    found = sorted((e for e in policy.entries if e.id == entry), key=lambda e: e.valid_from, reverse=True)
    if not found:
        raise Http404
    today = timezone.localdate()
    versions = [(e, _place(policy, e.jurisdiction), e.in_force(today), *_content(e)) for e in found]
    context = {
        "id": entry,
        "title": found[0].title,
        "type": TYPES.get(found[0].type, found[0].type),
        "versions": versions,
    }
    return render(request, "rules/entry.html", context)


def _fits(entry: Entry, wanted: dict[str, Any]) -> bool:
    text = str(wanted.get("text") or "").strip().casefold()
    source = entry.source
    where = f"{entry.id} {entry.title} {source.document} {source.number} {source.article}".casefold()
    return (
        all(part in where for part in text.split())
        and wanted.get("type") in (None, "", entry.type)
        and wanted.get("place") in (None, "", entry.jurisdiction)
        and (not wanted.get("on") or entry.in_force(wanted["on"]))
    )


def _place(policy: Policy, code: str) -> str:
    try:
        return policy.jurisdiction(code).name
    except PolicyUnknown:
        return code


def _content(entry: Entry) -> tuple[str, bool]:
    """The rule's content as it is written in its file, and whether it was cut short."""
    text = yaml.safe_dump(thaw(entry.value), allow_unicode=True, sort_keys=False, width=110)
    return text[:LONGEST], len(text) > LONGEST
