"""Making public (公开): prepare, certify by another person, versions and their corrections."""
