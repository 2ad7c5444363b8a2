#!/bin/bash
set -euo pipefail
jq -n --arg who "$(whoami)" '{good: "morning", who: $who}'
