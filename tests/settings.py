"""The project's settings with a data folder of their own below `build/`: no test touches the user's data.

Set in the environment, so that commands which tests start as processes use the same folder. It is made by
whoever writes into it first.
"""

import atexit
import os
import secrets
import shutil
from pathlib import Path

_home = Path(__file__).resolve().parent.parent / "build" / f"test-home-{os.getpid()}"
atexit.register(shutil.rmtree, _home, ignore_errors=True)
os.environ["YIHENG_HOME"] = str(_home)
os.environ["YIHENG_SECRET_KEY"] = secrets.token_urlsafe(50)

from yiheng.settings import *  # noqa: E402, F403

# Tests need no collected files with hashed names.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
# Slow hashes protect stored passwords, and there are none to protect here.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_USE_FINDERS = True
STATIC_ROOT = str(Path(__file__).resolve().parent.parent / "src" / "yiheng" / "web" / "static")
# Tests sign administrators in without a telephone; what asks for one is tried in tests/web/account.
SECOND_FACTOR = "voluntary"
