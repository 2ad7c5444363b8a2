#!/bin/bash
exec java -jar /hello.jar "$@"
