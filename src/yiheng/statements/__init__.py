"""Statements (报表与说明): leaf rows and templates in, statutory tables and narrative sentences out."""

from yiheng.statements.family import Statements, absence, statements, validate

__all__ = ["Statements", "absence", "statements", "validate"]
