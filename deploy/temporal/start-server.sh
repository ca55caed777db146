#!/bin/sh
# Starts Temporal as its image does, with the password of its database from a file: the image takes it from a variable only.
set -eu

POSTGRES_PWD=$(cat "$POSTGRES_PWD_FILE")
export POSTGRES_PWD
exec /etc/temporal/entrypoint.sh
