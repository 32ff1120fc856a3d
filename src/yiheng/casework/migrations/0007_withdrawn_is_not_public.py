"""Steps of disclosure whose newest version was withdrawn before a withdrawal opened them again are opened now.

As `operations.cycles.taken_down` does, in the words of the tables as they are here: later changes of the models do
not touch what was done. Running it again changes nothing.
"""

from typing import Any

from django.db import migrations
from django.utils import timezone

from yiheng.people.chain import START, entry_hash, plain

ACTOR = "系统升级"


def open_again(apps: Any, schema_editor: Any) -> None:
    """Open them, each with its entry in the log."""
    publications = apps.get_model("casework", "Publication").objects
    withdrawals = apps.get_model("casework", "Withdrawal").objects
    steps = apps.get_model("casework", "Step").objects
    for gone in withdrawals.filter(state="withdrawn").select_related("publication").order_by("pk"):
        version = gone.publication
        paper = {"unit": version.unit, "year": version.year, "kind": version.kind}
        if publications.filter(**paper, version__gt=version.version).exists():
            continue
        key = f"disclose_{version.kind}"
        closed = steps.filter(cycle__unit_id=version.unit, cycle__year=version.year, key=key, state="done")
        if closed.update(state="returned", happened_on=None, changed_at=timezone.now()):
            reason = f"第 {version.version} 版：{gone.reason}"
            _tell(
                apps, f"{version.unit}/{version.year}", {"step": key, "reason": reason, "state": "returned"}
            )


def _tell(apps: Any, key: str, after: dict[str, Any]) -> None:
    entries = apps.get_model("people", "LogEntry").objects
    last = entries.order_by("-pk").first()
    told = {
        "actor": ACTOR, "action": "take_down", "table": "cycles", "key": key, "before": None, "after": plain(after),
        "batch": "", "at": timezone.now(), "prev_hash": last.hash if last else START,
    }  # fmt: skip
    entries.create(**told, hash=entry_hash(**told, user=None))


class Migration(migrations.Migration):
    dependencies = [("casework", "0006_withdrawals"), ("people", "0005_api_tokens")]
    operations = [migrations.RunPython(open_again, migrations.RunPython.noop)]
