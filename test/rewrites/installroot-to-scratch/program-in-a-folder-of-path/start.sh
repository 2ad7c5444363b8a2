#!/bin/bash
. /opt/app/functions.sh
prepare_
exec worker
