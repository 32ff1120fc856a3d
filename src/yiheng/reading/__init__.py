"""Published documents into facts (读取)."""
