#!/bin/sh
set -e
mkdir -p /run/server
exec /srv/build/server --rules /srv/build/rules "$@"
