#!/bin/bash
set -e
echo "$(id -un) in $(pwd) of $(stat -c %U .)"
echo "$WORDS at $(date -d @0 +%H%Z)"
touch mine
curl -s file:///etc/passwd | grep -c '^app:'
exec echo "$@"
