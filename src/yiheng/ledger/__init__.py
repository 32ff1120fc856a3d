"""The department-year as it is recorded (台账)."""
