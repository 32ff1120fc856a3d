"""Assembling the evaluation paper (绩效自评材料) of a department-year.

1. judge the sheets, the department and the surveys; 2. mask what a secret project must not show; for the public, add
inner rows up to totals; 3. draw tables, report and charts; 4. run the checks; 5. stamp it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from yiheng import checks
from yiheng.facts import Chart, DepartmentYear, Finding, Paper
from yiheng.facts.disclosure import mask, plain, public, scope
from yiheng.pipelines.assemble import Assembled, stamp
from yiheng.pipelines.evaluate import Evaluation, evaluate, judged_parts, last_day
from yiheng.pipelines.progress import Progress, silent
from yiheng.pipelines.survey import Measured, measure_all
from yiheng.policy import Entry, Policy
from yiheng.reporting.naming import labels_of
from yiheng.scoring.profiles import HonestyProfile, is_house
from yiheng.scoring.survey import Scale
from yiheng.statements.evaluation import Judged, SurveyPart, evaluation_paper
from yiheng.statements.evaluation.charts import department_charts

KIND = "performance"
HOUSE = "系统默认"
AS_PRINTED = "转录的公开文件，照原件保留"


def has_evaluation(department_year: DepartmentYear) -> bool:
    """Whether anything was evaluated: a sheet, the whole department, or a survey."""
    return any(department_year.records_of(kind) for kind in ("evaluation", "survey"))


def parts(department_year: DepartmentYear) -> int:
    """How many parts the progress of `assemble_evaluation` has: those of judging, then surveys and report."""
    return judged_parts(department_year) + 2


def assemble_evaluation(
    department_year: DepartmentYear,
    policy: Policy,
    audience: str = "public",
    framework: str = "",
    progress: Progress = silent,
) -> Assembled | None:
    """The finished evaluation paper; None where there is nothing to evaluate.

    Raises `scoring.ScoringError` with every defect, `PolicyNotInForce` or `PolicyUnknown`.
    """
    if not (framework or has_evaluation(department_year)):
        return None
    total = parts(department_year)
    done = evaluate(
        department_year, policy, framework, progress=lambda name, number, _: progress(name, number, total)
    )
    rule = scope(policy, department_year)
    masked = mask(department_year, rule)
    shown = public(masked, rule) if audience == "public" else masked
    progress("测算满意度", total - 2, total)
    surveys = measure_all(masked, policy)
    judged = Judged(
        shown, done.projects, done.department, tuple(_survey(shown, found, policy) for found in surveys),
        done.findings, plain(department_year, rule),
    )  # fmt: skip
    if not judged.anything:
        return None
    progress("编写报告与报表", total - 1, total)
    written = evaluation_paper(judged, masked, policy)
    register = checks.register(policy, shown, "", KIND)
    found = checks.run(register, shown, written.tables, written.sections)
    paper = Paper(
        key=f"{shown.unit.key}-{shown.year}-evaluation",
        title=written.title,
        owner=shown.unit.name,
        year=shown.year,
        kind=KIND,
        audience=audience,
        sections=written.sections,
        tables=written.tables,
        findings=tuple(_transcribed((*found, *done.findings), shown)),
        charts=written.charts,
        synthetic=shown.synthetic,
        documents={r.key: r.get("title") for r in shown.records_of("document")},
        notices=tuple(_notices(written.defaults, done, surveys, department_year, policy)),
        stamp=stamp(shown, policy),
        table_labels={"owner": written.owner_label},
    )
    return Assembled(paper, shown, "", labels_of(shown, policy))


def whole_charts(done: Evaluation, policy: Policy) -> tuple[Chart, ...]:
    """Waterfall and radar of the whole department by itself; none where it is not evaluated."""
    of_year = done.department_year
    words = plain(of_year, scope(policy, of_year))
    return department_charts(Judged(of_year, done.projects, done.department, (), done.findings, words))


def _transcribed(findings: Iterable[Finding], shown: DepartmentYear) -> Iterator[Finding]:
    """In a document that was taken over, what is wrong is a finding; it does not stop anything."""
    for finding in findings:
        yield finding._replace(accepted=AS_PRINTED) if finding.stops and shown.document else finding


def _survey(shown: DepartmentYear, found: Measured, policy: Policy) -> SurveyPart:
    scale = Scale.of(policy, shown.jurisdiction, last_day(shown.year))
    record = shown.record("survey", found.result.survey.key)
    target = record.get("target") if record else ""
    return SurveyPart(found.name, found.result, scale, target, found.printed, found.verdict, found.warning)


def _notices(
    defaults: Iterable[str],
    done: Evaluation,
    surveys: Iterable[Measured],
    department_year: DepartmentYear,
    policy: Policy,
) -> Iterator[str]:
    """What no document stands behind, by name: rules, thresholds, forms."""
    place, day = department_year.jurisdiction, last_day(department_year.year)
    entries: dict[str, Entry] = {found.score.rule.id: found.score.rule.entry for found in done.projects}
    if done.projects:
        profile = HonestyProfile.of(policy, place, day).entry
        entries[profile.id] = profile
    if done.department is not None:
        entries[done.department.score.framework.id] = done.department.score.framework.entry
    if any(True for _ in surveys):
        scale = Scale.of(policy, place, day).entry
        entries[scale.id] = scale
    yield from (f"{HOUSE}：{words}" for words in defaults)
    for entry in entries.values():
        if is_house(entry):
            yield f"{HOUSE}：{entry.title}，没有文件规定"
        elif entry.value["basis"] == "recovered":
            yield f"由公开文件反推：{entry.title}，依据{entry.cite()}"
