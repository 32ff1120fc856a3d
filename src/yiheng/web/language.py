"""The language of the screens (界面语言): Chinese, unless the reader chose English with the button for it.

The choice is a cookie of this browser. What a browser says of its languages decides nothing: it speaks of the
machine more often than of its user. Data stay as they are: names of tables, indicators and units, published papers.
"""

from __future__ import annotations

from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_http_methods
from django.views.i18n import set_language

from yiheng.web import errors
from yiheng.web.access import View, public
from yiheng.web.middleware import Next


def chosen(request: HttpRequest) -> str:
    """The language code of the reader's choice, or the installation's own."""
    asked = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def language(get_response: Next) -> Next:
    """Answer in the reader's language, and tell caches that the answer depends on the cookie."""

    def respond(request: HttpRequest) -> HttpResponse:
        code = chosen(request)
        request.LANGUAGE_CODE = code
        with translation.override(code):
            response = get_response(request)
        patch_vary_headers(response, ("Cookie",))
        return response

    return respond


def in_chinese(view: View) -> View:
    """The view of a document to take away: it is Chinese whatever language its reader has on the screen."""

    @wraps(view)
    def respond(*args: Any, **kwargs: Any) -> Any:
        with translation.override(settings.LANGUAGE_CODE):
            return view(*args, **kwargs)

    return cast("View", respond)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponseBase:
    """Ask for the language, or keep the choice in the cookie and go back to where it was made (`next`)."""
    if request.method != "POST":
        return render(request, "web/languages.html", {"next": request.GET.get("next", "/")})
    if request.POST.get("language") not in dict(settings.LANGUAGES):
        return errors.bad_request(request)
    return set_language(request)
