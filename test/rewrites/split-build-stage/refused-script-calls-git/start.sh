#!/bin/sh
git describe --always > version
exec node server.js
