#!/usr/bin/env bash
# Debian's Chromium and a Chinese font for the browser tests, where they are not there yet (needs root and apt).
# Ends with 3 where they cannot be installed.
set -euo pipefail

if command -v chromium >/dev/null && fc-list 2>/dev/null | grep -qi 'cjk'; then
    exit 0
fi
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "Chromium or a Chinese font is not installed, and installing them needs root and apt-get." >&2
    exit 3
fi
export DEBIAN_FRONTEND=noninteractive
if ! { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fontconfig fonts-noto-cjk; } >/dev/null; then
    echo "Chromium could not be installed by apt-get (see its message above)." >&2
    exit 3
fi
