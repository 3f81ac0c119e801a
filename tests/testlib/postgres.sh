#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A private PostgreSQL for tests, on a socket in DIR, shared by every test that holds DIR.lock (shared).
#
#     postgres.sh start DIR     called by whoever holds DIR.lock alone; comes back when it answers
#     postgres.sh keep DIR      waits until nobody has held DIR.lock for 10 s, then stops it and removes DIR
set -eu
action=$1 dir=$2
bin=${MADO_POSTGRES_BIN:-/usr/lib/postgresql/15/bin}

# PostgreSQL refuses to run as root.
as_postgres() {
  if [ "$(id -u)" = 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}

case $action in
  start)
    rm -rf "$dir"
    mkdir -p "$dir"
    [ "$(id -u)" != 0 ] || chown postgres "$dir"
    as_postgres "$bin/initdb" --no-sync -A trust -U postgres -E UTF8 --locale=C.UTF-8 -D "$dir/data" >"$dir.log" 2>&1
    as_postgres "$bin/pg_ctl" -D "$dir/data" -w -l "$dir/log" -o "-k $dir -c listen_addresses='' -c fsync=off \
      -c full_page_writes=off -c max_connections=200 -c shared_buffers=64MB ${MADO_POSTGRES_OPTIONS:-}" start >>"$dir.log" 2>&1
    touch "$dir/ready"
    setsid "$0" keep "$dir" </dev/null >/dev/null 2>&1 &
    ;;
  keep)
    unused=0
    while [ "$unused" -lt 5 ]; do
      sleep 2
      if flock -n -x "$dir.lock" true; then unused=$((unused + 1)); else unused=0; fi
    done
    exec 9>"$dir.lock"
    flock -x 9
    as_postgres "$bin/pg_ctl" -D "$dir/data" -m immediate stop >/dev/null 2>&1 9>&- || true
    rm -rf "$dir" "$dir.log"
    ;;
esac
