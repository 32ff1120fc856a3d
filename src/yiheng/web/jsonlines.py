"""Log records as lines of JSON (结构化日志). Read by the settings, so it imports nothing of ours."""

from __future__ import annotations

import datetime as dt
import json
import logging


class JsonLines(logging.Formatter):
    """A log record as one line of JSON, with the trace of an error inside it."""

    def format(self, record: logging.LogRecord) -> str:
        """Time, level, logger, message, whatever was given as `fields`, and the trace."""
        told = {
            "at": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            told["trace"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False, default=str)
