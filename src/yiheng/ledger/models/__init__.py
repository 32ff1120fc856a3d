"""The ledger's tables (台账), one a sheet, in the order in which sheets are loaded."""

from .amounts import (
    Adjustment,
    Balance,
    BalanceKind,
    BudgetLine,
    Costing,
    Elimination,
    Payment,
    Revenue,
    Side,
    ThreePublic,
    ThreePublicStage,
    Transfer,
)
from .base import JournalRow, Load, PaperKind, Precision, Register, RowKind, SheetModel, current
from .notes import AcceptedFinding, Reason, Statistic, Text
from .procurement import Contract, Procurement
from .registers import DepartmentYear, Document, Project, Unit, UnitKind
from .stocks import Asset, Headcount, Vehicle

__all__ = [
    "AcceptedFinding",
    "Adjustment",
    "Asset",
    "Balance",
    "BalanceKind",
    "BudgetLine",
    "Contract",
    "Costing",
    "DepartmentYear",
    "Document",
    "Elimination",
    "Headcount",
    "JournalRow",
    "Load",
    "PaperKind",
    "Payment",
    "Precision",
    "Procurement",
    "Project",
    "Reason",
    "Register",
    "Revenue",
    "RowKind",
    "SheetModel",
    "Side",
    "Statistic",
    "Text",
    "ThreePublic",
    "ThreePublicStage",
    "Transfer",
    "Unit",
    "UnitKind",
    "Vehicle",
    "current",
]
