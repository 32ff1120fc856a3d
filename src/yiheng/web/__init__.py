"""Screens, the public site and the API (网页)."""
