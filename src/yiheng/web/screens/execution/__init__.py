"""Execution and procurement (执行与采购)."""
