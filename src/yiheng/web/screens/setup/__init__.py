"""The first start (首次设置): units, calendar, the three administrators."""
