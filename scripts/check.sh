#!/usr/bin/env bash
# Everything that can be said about the code without running it. Each check runs even if one before it failed.
set -euo pipefail
cd "$(dirname "$0")/.."
export PYTHONPATH=src:. DJANGO_SETTINGS_MODULE=tests.settings
failed=()
check() { # NAME COMMAND…
    local name=$1
    shift
    "$@" || failed+=("$name")
}
check style .venv/bin/ruff check --quiet .
check format .venv/bin/ruff format --quiet --check .
check types .venv/bin/mypy
check imports .venv/bin/lint-imports
check dependencies .venv/bin/python scripts/dependencies.py
# Only the models are looked at, so no database is needed.
check migrations env DATABASE_URL=sqlite:///:memory: .venv/bin/django-admin makemigrations --check --dry-run
if [ "${#failed[@]}" -gt 0 ]; then
    echo "failed: ${failed[*]}" >&2
    exit 1
fi
