"""Administration (管理): people and rights, sessions, the audit log."""
