"""Single sign-on by OpenID Connect (单点登录), off unless the environment names a provider.

The provider says who somebody is; the account must be there already, and the three administrators sign in with their
own password and code only, so that whoever runs the provider administers nothing here.
"""

from __future__ import annotations

from typing import Any

import jwt
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import SuspiciousOperation
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from mozilla_django_oidc.auth import OIDCAuthenticationBackend
from mozilla_django_oidc.views import OIDCAuthenticationCallbackView, OIDCAuthenticationRequestView
from requests.exceptions import RequestException

from yiheng.people import signin
from yiheng.people.models import User
from yiheng.web.access import public

from . import keeping


class Backend(OIDCAuthenticationBackend):  # type: ignore[misc]
    """Finds the account of a person whom the provider vouches for; makes none."""

    def get_payload_data(self, token: str, key: Any) -> dict[str, Any]:
        """What the provider signed, if it is meant for us, by the provider we asked, and still holds."""
        try:
            payload: dict[str, Any] = jwt.decode(
                token,
                key,
                algorithms=[self.OIDC_RP_SIGN_ALGO],
                audience=self.OIDC_RP_CLIENT_ID,
                issuer=settings.OIDC_OP_ISSUER,
                options={"require": ["exp", "iat", "sub"]},
            )
        except jwt.PyJWTError as refused:
            raise SuspiciousOperation(f"the provider's token does not hold: {refused}") from refused
        return payload

    def get_userinfo(self, access_token: str, id_token: str, payload: dict[str, Any]) -> dict[str, Any]:
        """The provider's words about the person, who must be the one of the token."""
        claims: dict[str, Any] = super().get_userinfo(access_token, id_token, payload)
        if claims.get("sub") != payload["sub"]:
            raise SuspiciousOperation("the provider told of another person than its token")
        return claims

    def verify_claims(self, claims: dict[str, Any]) -> bool:
        """A person has a subject; the name is needed only once."""
        return bool(claims.get("sub"))

    def filter_users_by_claims(self, claims: dict[str, Any]) -> QuerySet[User]:
        """The account bound to the subject, or, at the first time, the one of that login name."""
        people = User.objects.filter(administrator="", is_active=True)
        bound = people.filter(sso_subject=claims["sub"])
        if bound.exists():
            return bound
        return people.filter(sso_subject=None, username=claims.get(settings.OIDC_NAME_CLAIM) or None)

    def update_user(self, user: User, claims: dict[str, Any]) -> User:
        """Bind the account to the subject."""
        signin.bind(user, str(claims["sub"]))
        return user


class _Back(OIDCAuthenticationCallbackView):  # type: ignore[misc]
    """Where the provider sends the browser back to."""

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """Sign in, or say that it failed."""
        try:
            answer: HttpResponseBase = super().get(request)
        except (SuspiciousOperation, RequestException, jwt.PyJWTError) as refused:
            signin.logger.warning("single sign-on failed: %s", refused)
            answer = self.login_failure()
        return answer

    def login_success(self) -> HttpResponseBase:
        """Begin the session."""
        onward = self.success_url
        keeping.sign_in(self.request, self.user, "sso")
        return HttpResponseRedirect(onward)

    def login_failure(self) -> HttpResponseBase:
        """Back to the log-in page with the reason."""
        messages.error(
            self.request,
            _("单点登录没有成功：统一认证没有确认您的身份，或者您在本系统还没有账号。请联系系统管理员。"),
        )
        return HttpResponseRedirect(reverse("account:login"))


@public
def start(request: HttpRequest) -> HttpResponseBase:
    """Lead to the provider; not found where none is named."""
    if not settings.SSO_NAME:
        raise Http404
    answer: HttpResponseBase = OIDCAuthenticationRequestView.as_view()(request)
    return answer


@public
def back(request: HttpRequest) -> HttpResponseBase:
    """Return from the provider; not found where none is named."""
    if not settings.SSO_NAME:
        raise Http404
    answer: HttpResponseBase = _Back.as_view()(request)
    return answer
