"""Claims at city and province scale (基金)."""
