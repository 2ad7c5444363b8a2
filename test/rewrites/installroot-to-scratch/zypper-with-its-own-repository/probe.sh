#!/bin/bash
set -e
for host in "$@"; do
  dig +short "$host" | head -1
  date | sed "s/^/at /"
done
