"""Journal rows and loads are corrected by further rows, never changed."""

from django.db import migrations

from yiheng.people.guards import protecting

JOURNAL = (
    "Load",
    "Costing",
    "BudgetLine",
    "Adjustment",
    "Payment",
    "Revenue",
    "Balance",
    "ThreePublic",
    "Procurement",
    "Contract",
    "Transfer",
    "Elimination",
    "Asset",
    "Vehicle",
    "Headcount",
    "Statistic",
    "Reason",
    "Text",
    "AcceptedFinding",
)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunPython(*protecting("ledger", *JOURNAL))]
