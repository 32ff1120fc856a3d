"""The tables of casework (事项办理)."""
