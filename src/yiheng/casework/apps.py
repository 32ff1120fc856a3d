"""The Django app of casework (事项办理)."""

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "yiheng.casework"
    verbose_name = "事项办理"
