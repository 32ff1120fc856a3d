"""Facts and the check register into findings (核对)."""
