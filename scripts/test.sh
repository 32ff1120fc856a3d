#!/usr/bin/env bash
# All checks and all tests: what uses the database on PostgreSQL first, then everything on SQLite.
# With CI=true a part that cannot run here is a failure; tests without ../shared are listed and are not.
set -euo pipefail
cd "$(dirname "$0")/.."
unset DATABASE_URL
export YIHENG_PG_STATE=build/postgres.$$.where
# What is costly to make is made once for both parts.
YIHENG_TESTS_ONCE=$(mktemp -d)
export YIHENG_TESTS_ONCE
trap 'scripts/postgres.sh stop; rm -rf "$YIHENG_TESTS_ONCE"' EXIT
trap 'exit 130' INT TERM

# A file's tests stay together in one process, since they share what is costly to make. One process more than processors:
# tests of whole programs wait for them.
processes=$(($(nproc) + 1))
tests=".venv/bin/python -m pytest -q -rs --durations=20 -n $((processes < 4 ? processes : 4)) --dist loadfile --no-loadscope-reorder"

echo "== checks"
scripts/check.sh

echo "== browser"
status=0
scripts/chromium.sh || status=$?
if [ "$status" != 0 ] && [ "${CI:-}" = true ]; then
    exit 1
fi

echo "== tests that use the database, on PostgreSQL"
status=0
tried=""
scripts/postgres.sh start || status=$?
if [ "$status" = 0 ]; then
    # These screens are tried on SQLite; what they read and write is tried on both with the rooms below them.
    shows=$(printf ' --ignore=tests/web/%s' api budget manage performance report review rules setup site tables workbench \
        test_access.py test_language.py test_matrix.py test_operation.py test_security.py)
    # These compute from what was read, which does not differ.
    computes=$(printf ' --ignore=tests/%s' examples/test_demo_papers.py pipelines/test_monitor.py \
        pipelines/test_monitoring_paper.py pipelines/test_progress.py pipelines/test_scorefile_moved.py)
    DATABASE_URL=$(scripts/postgres.sh url) $tests -m db $shows $computes
    scripts/postgres.sh stop
    # Minutes of waiting for killed programs; what they leave is read by the same code on both.
    tried="--ignore=tests/pipelines/test_jobs_killed.py"
elif [ "$status" = 3 ] && [ "${CI:-}" != true ]; then
    echo "skipped: the tests on PostgreSQL (reason above)"
else
    exit 1
fi

echo "== all tests, on SQLite"
$tests $tried
