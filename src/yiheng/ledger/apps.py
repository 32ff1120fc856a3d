"""The Django app of the ledger (台账)."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "yiheng.ledger"
    verbose_name = "台账"
