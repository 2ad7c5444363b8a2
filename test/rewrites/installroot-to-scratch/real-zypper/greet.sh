#!/bin/sh
set -e
echo "$("$1" | tr a-z A-Z), $GREETED, from $(id -un) on $(. /etc/os-release && echo $ID)"
ls -l words | cut -d " " -f 3
