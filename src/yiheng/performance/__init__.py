"""Objectives, indicators and what was achieved (绩效)."""
