"""Back-up and restore (备份与恢复): one file that any machine and either database takes back."""

from .archive import BackupRefused, Contents, contents
from .lock import restoring
from .marked import unfinished
from .restore import Restored, restore
from .save import Saved, save

__all__ = [
    "BackupRefused",
    "Contents",
    "Restored",
    "Saved",
    "contents",
    "restore",
    "restoring",
    "save",
    "unfinished",
]
