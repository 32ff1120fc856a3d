"""The main jobs as numbered lists of steps (主流程)."""
