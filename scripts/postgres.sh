#!/usr/bin/env bash
# A PostgreSQL of the project's own for the tests: a private data folder, reached only by a socket inside it.
# It never touches a cluster of the system.
#
#   scripts/postgres.sh start   install Debian's package if need be (root and apt), create and start; 3 = not available here
#   scripts/postgres.sh url     the DATABASE_URL of the running server
#   scripts/postgres.sh halt M  stop it as by `pg_ctl -m M` (fast, immediate) and keep its data
#   scripts/postgres.sh resume  start it again on its data
#   scripts/postgres.sh stop    stop it and remove its folder
#
# YIHENG_PG_STATE names the file that remembers where the server lies, so that several may run side by side.
set -euo pipefail
cd "$(dirname "$0")/.."
state=${YIHENG_PG_STATE:-build/postgres.where}

programs() { # the folder of the newest server programs, or nothing
    local found
    found=$(find /usr/lib/postgresql -maxdepth 3 -path '*/bin/initdb' 2>/dev/null | sort -V | tail -n 1)
    [ -n "$found" ] || found=$(command -v initdb || true)
    [ -z "$found" ] || dirname "$(readlink -f "$found")"
}

install_package() {
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
        echo "PostgreSQL is not installed, and installing it needs root and apt-get." >&2
        return 3
    fi
    # Debian's package creates and starts a cluster on the standard port unless told not to.
    if [ ! -e /etc/postgresql-common/createcluster.conf ]; then
        mkdir -p /etc/postgresql-common
        echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf
    fi
    export DEBIAN_FRONTEND=noninteractive UCF_FORCE_CONFFOLD=1
    if ! { apt-get update -qq && apt-get install -y -qq --no-install-recommends postgresql; } >/dev/null; then
        echo "PostgreSQL could not be installed by apt-get (see its message above)." >&2
        return 3
    fi
}

owner() { # initdb refuses root
    if getent passwd postgres >/dev/null; then echo postgres; else echo nobody; fi
}

as_owner() { # the account may have no right to this folder, hence `cd /`
    if [ "$(id -u)" = 0 ]; then
        (cd / && runuser -u "$(owner)" -- "$@")
    else
        (cd / && "$@")
    fi
}

start() {
    if [ -e "$state" ]; then
        echo "already started: $(cat "$state")" >&2
        return 1
    fi
    [ -n "$(programs)" ] || install_package || return 3
    local bin folder
    bin=$(programs)
    # A socket's path may have at most 107 bytes, so the folder is not made below this one.
    folder=$(mktemp -d /tmp/yiheng-pg.XXXXXX)
    mkdir -p "$(dirname "$state")"
    echo "$folder" >"$state"
    [ "$(id -u)" != 0 ] || chown "$(owner)" "$folder"
    # Locale C sorts by bytes, as SQLite does.
    if ! { as_owner "$bin/initdb" -D "$folder/data" -U yiheng -A trust -E UTF8 --locale=C --no-sync &&
        resume &&
        as_owner "$bin/createdb" -h "$folder" -U yiheng yiheng; } >"$state.log" 2>&1; then
        cat "$state.log" >&2
        as_owner cat "$folder/log" >&2 || true
        stop
        return 1
    fi
    rm -f "$state.log"
}

resume() {
    local folder
    folder=$(cat "$state")
    # Durability is of no use to a database that is thrown away.
    local options="-c listen_addresses='' -c unix_socket_directories='$folder'"
    options+=" -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    # Whoever waits for the words of this script is not to wait for the server.
    as_owner "$(programs)/pg_ctl" -D "$folder/data" -l "$folder/log" -w -t 60 -o "$options" start </dev/null
}

halt() {
    as_owner "$(programs)/pg_ctl" -D "$(cat "$state")/data" -m "${1:-fast}" -w -t 60 stop
}

stop() {
    [ -e "$state" ] || return 0
    local folder
    folder=$(cat "$state")
    as_owner "$(programs)/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null 2>&1 || true
    rm -rf "$folder" "$state" "$state.log"
}

url() {
    [ -e "$state" ] || { echo "not started: run scripts/postgres.sh start" >&2; return 1; }
    echo "postgresql:///yiheng?host=$(cat "$state")&user=yiheng"
}

case "${1:-}" in
    start | halt | resume | stop | url) "$@" ;;
    *) sed -n '2,11s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac
