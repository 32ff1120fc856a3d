"""The synthetic bureau-year 2024 (虚构演示部门年度) that `make_demo_year.py` writes to `examples/demo-2024`."""
