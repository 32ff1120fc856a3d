"""Signing in (登录)."""

from django.contrib.auth.views import LoginView

from yiheng.web.access import public

sign_in = public(LoginView.as_view(template_name="account/login.html", redirect_authenticated_user=True))
