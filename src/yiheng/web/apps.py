"""The Django app of the web application (网页)."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "yiheng.web"
    verbose_name = "网页"

    def ready(self) -> None:
        """Note every log-in from the start."""
        from yiheng.web.screens.account import keeping

        keeping.connect()
