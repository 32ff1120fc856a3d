"""Addresses of signing in and out and of the own account (登录、退出、我的账号)."""

from django.urls import path

from . import own, sso, tokens, views

app_name = "account"
urlpatterns = [
    path("", own.home, name="home"),
    path("login/", views.sign_in, name="login"),
    path("code/", views.code, name="code"),
    path("logout/", views.sign_out, name="logout"),
    path("password/", own.password, name="password"),
    path("factor/", own.factor, name="factor"),
    path("factor/off/", own.factor_off, name="factor_off"),
    path("recovery/", own.recovery, name="recovery"),
    path("tokens/", tokens.own_tokens, name="tokens"),
    path("tokens/<int:number>/end/", tokens.end_token, name="end_token"),
    path("sso/", sso.start, name="sso"),
    path("sso/back/", sso.back, name="sso_back"),
    path("sessions/<int:number>/end/", own.end_session, name="end_session"),
    path("sessions/end-others/", own.end_others, name="end_others"),
]
