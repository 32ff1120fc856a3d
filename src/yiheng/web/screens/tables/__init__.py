"""The statutory tables of a unit's year on screen (报表)."""
