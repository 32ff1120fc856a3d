"""Signing in and out (登录、退出)."""
