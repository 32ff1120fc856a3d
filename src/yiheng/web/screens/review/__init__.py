"""Reviewing documents of anybody (审校): upload, findings beside the page, decisions, exports."""
