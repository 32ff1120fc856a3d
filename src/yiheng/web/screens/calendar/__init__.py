"""The calendar editor (工作日历)."""
