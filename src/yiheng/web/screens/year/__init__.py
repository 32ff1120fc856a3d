"""A unit's year (部门年度): the ribbon of its cycle, what to do next, comments and cases."""
