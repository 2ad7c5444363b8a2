#!/bin/sh
log_() { echo "$@"; }
hostname=$(hostname)
log_ "$hostname starts"
rotate.sh
exec "$@"
