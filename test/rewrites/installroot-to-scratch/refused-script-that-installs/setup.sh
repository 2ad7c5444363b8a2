#!/bin/bash
dnf -y install php-fpm
