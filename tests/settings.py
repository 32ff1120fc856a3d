"""The project's settings with a home folder of their own: no test touches the user's data.

Set in the environment, so that commands which tests start as processes use the same folder.
"""

import atexit
import os
import shutil
import tempfile

_home = tempfile.mkdtemp(prefix="yiheng-test-")
atexit.register(shutil.rmtree, _home, ignore_errors=True)
os.environ["YIHENG_HOME"] = _home

from yiheng.settings import *  # noqa: E402, F403
