"""Workbooks that tell in the system's own words why they could not be written, and leave no parts of theirs behind."""

from __future__ import annotations

import tempfile

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError


class Workbook(xlsxwriter.Workbook):  # type: ignore[misc]
    """As that of the library, whose own exception for a full disk is no `OSError`."""

    def close(self) -> None:
        """Write the file. Raises `OSError`."""
        with tempfile.TemporaryDirectory(prefix="yiheng-") as parts:
            self.tmpdir = parts
            try:
                super().close()
            except FileCreateError as error:
                raise (
                    error.args[0] if isinstance(error.args[0], OSError) else OSError(str(error))
                ) from error
