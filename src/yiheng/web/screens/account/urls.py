"""Addresses of signing in and out (登录、退出)."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from yiheng.web.access import public

from .views import sign_in

app_name = "account"
urlpatterns = [
    path("login/", sign_in, name="login"),
    path("logout/", public(LogoutView.as_view(next_page="home")), name="logout"),
]
