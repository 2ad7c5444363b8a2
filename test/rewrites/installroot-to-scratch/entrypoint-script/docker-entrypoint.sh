#!/bin/bash
set -e
if [ -z "$(find "$PGDATA" -name PG_VERSION)" ]; then
	initdb --pgdata="$PGDATA" | tee /tmp/initdb.log
fi
if [ "$(id -u)" = 0 ]; then
	exec runuser -u postgres -- "$@"
fi
sed -i "s/^#listen_addresses.*/listen_addresses = '*'/" "$PGDATA/postgresql.conf"
exec "$@"
