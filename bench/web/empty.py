"""An empty Django view under the same server: the yardstick of what a request costs.

python -m bench.web.empty PORT
"""

from __future__ import annotations

import sys

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path
from gunicorn.app.base import BaseApplication


def empty(request: HttpRequest) -> HttpResponse:
    """Two bytes."""
    return HttpResponse(b"ok")


urlpatterns = [path("", empty)]


class Bare(BaseApplication):
    """Gunicorn with threads, as `yiheng serve` starts it, and nothing of ours."""

    def load_config(self) -> None:
        """One process, as the application has when it is measured."""
        for name, value in {
            "bind": f"127.0.0.1:{sys.argv[1]}", "workers": 1, "threads": 32, "worker_class": "gthread",
            "loglevel": "warning",
        }.items():  # fmt: skip
            self.cfg.set(name, value)

    def load(self) -> object:
        """The application."""
        return get_wsgi_application()


if __name__ == "__main__":
    settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["127.0.0.1"], SECRET_KEY="x" * 50, MIDDLEWARE=[])
    Bare().run()
