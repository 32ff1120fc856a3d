"""Accounts, scopes and the append-only log of writes (人员与权限)."""
