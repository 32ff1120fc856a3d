"""The narrative of a unit's year as an editor, with its pages beside it (报告)."""
