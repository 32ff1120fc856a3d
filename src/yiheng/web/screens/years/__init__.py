"""The list of unit-years that a user may look at (年度)."""
