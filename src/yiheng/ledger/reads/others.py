"""Income, balances, procurement, contracts, transfers, costing and project totals as facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from django.db.models import Q

from yiheng.facts import JOINT_VIEW, Fact, Source
from yiheng.ledger.models import (
    Balance,
    BalanceKind,
    Contract,
    Costing,
    Procurement,
    Project,
    Revenue,
    Side,
    Transfer,
    current,
)

from .leaves import leaves
from .scope import Scope
from .spending import eliminations, income_taken_out

_BALANCES = {
    BalanceKind.OPENING: "opening_balance",
    BalanceKind.RESERVE_USE: "reserve_use",
    BalanceKind.SURPLUS_ALLOCATION: "surplus_allocation",
    BalanceKind.CARRY_FORWARD: "carry_forward",
}


def revenue_facts(scope: Scope) -> Iterator[Fact]:
    """Planned income; in accounts also what was received, less what came from units of the same department."""
    dims = ("function", "fund", "source", "program", "project_id")
    yield from leaves(Revenue, "budget_revenue", scope.rows & Q(stage=Side.BUDGET), dims)
    if scope.is_budget:
        return
    joint = set()
    for fact in leaves(Revenue, "revenue", scope.rows & Q(stage=Side.ACCOUNTS), dims, dated=True):
        if fact.view == JOINT_VIEW:
            joint.add(fact.unit)
        yield fact
    for fact in eliminations(scope, "revenue", "to_unit_id"):
        yield income_taken_out(fact, joint)


def balance_facts(scope: Scope) -> Iterator[Fact]:
    """Balances of the paper's own side, each under the measure of its kind."""
    dims = ("fund", "source", "function", "category", "project_id")
    for kind, measure in _BALANCES.items():
        yield from leaves(Balance, measure, scope.rows & Q(stage=scope.side, kind=kind), dims)


def procurement_facts(scope: Scope) -> Iterator[Fact]:
    """Planned purchases, and of each the parts reserved for SMEs and micro-enterprises where attested."""
    parts = {"procurement": "amount", "procurement_sme": "sme_amount", "procurement_micro": "micro_amount"}
    dims = ("function", "project_id", "item", "kind")
    for measure, column in parts.items():
        attested = scope.rows & Q(**{f"{column}__isnull": False})
        yield from leaves(Procurement, measure, attested, dims, amount=column, derive=_kind_as_category)


def contract_facts(scope: Scope) -> Iterator[Fact]:
    """Contracts, dated by the day of signing, and of them those let to SMEs (授予中小企业合同金额).

    `sme` is yes, no or not attested.
    """
    rows = current(Contract).filter(scope.rows).values_list("key", "sme", "signed_on")
    about = {key: (sme, signed) for key, sme, signed in rows}
    for fact in leaves(Contract, "contract", scope.rows, ("project_id", "kind"), derive=_kind_as_category):
        sme, signed = about[fact.key]
        dims = fact.dims if sme is None else {**fact.dims, "sme": "yes" if sme else "no"}
        dated = replace(fact, dims=dims, on=signed, on_precision="day" if signed else "")
        yield dated
        if sme:
            yield replace(dated, measure="contract_sme")


def transfer_facts(scope: Scope) -> Iterator[Fact]:
    """Special transfers from above; a part of other amounts."""
    return leaves(Transfer, "transfer", scope.rows, ("function", "project_id", "project_name"))


def costing_facts(scope: Scope) -> Iterator[Fact]:
    """The items of projects' costing."""
    return leaves(Costing, "costing", scope.rows, ("project_id", "item"))


def project_total_facts(scope: Scope, projects: Iterable[Project]) -> Iterator[Fact]:
    """The total amount of each project that declares one."""
    for project in projects:
        if project.total_amount is None:
            continue
        source = Source(
            str(Project._meta.verbose_name), project.key, project.document_id or "", project.place
        )  # fmt: skip
        yield Fact(
            project.key, "project_total", JOINT_VIEW, project.department_id, scope.year, {"project": project.key},
            project.total_amount, project.quantum, source,
        )  # fmt: skip


def _kind_as_category(dims: dict[str, str]) -> None:
    if kind := dims.pop("kind", ""):
        dims["category"] = kind
