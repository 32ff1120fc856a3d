"""Recognising a read document (识别): which document it is, and its tables under their official names."""

from yiheng.reading.recognition.identity import recognise
from yiheng.reading.recognition.match import known_tables
from yiheng.reading.recognition.templates import TYPE, validate

__all__ = ["TYPE", "known_tables", "recognise", "validate"]
