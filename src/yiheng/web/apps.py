"""The Django app of the web application (网页)."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "yiheng.web"
    verbose_name = "网页"
