"""The rules that the program works by, with their dates and sources (规则浏览)."""
