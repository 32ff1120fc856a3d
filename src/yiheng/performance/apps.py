"""The Django app of performance (绩效)."""

from django.apps import AppConfig


class PerformanceConfig(AppConfig):
    name = "yiheng.performance"
    verbose_name = "绩效"
