"""Approvals, tasks and cases (事项)."""
