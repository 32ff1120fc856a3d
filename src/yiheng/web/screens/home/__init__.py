"""The address without a path (首页)."""
