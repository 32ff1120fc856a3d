"""Facts and templates into statutory tables and sentences (报表)."""
