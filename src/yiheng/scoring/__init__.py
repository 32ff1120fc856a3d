"""Judging an actual against a target (评分)."""
