#!/bin/sh
# Brings Temporal's two databases to the schema of this image's version. Runs at every start of the stack: what is there
# already stays as it is. The connection comes from SQL_* variables, so that the password is in no list of processes.
set -eu

if [ -n "${SQL_PASSWORD_FILE:-}" ]; then
  SQL_PASSWORD=$(cat "$SQL_PASSWORD_FILE")
  export SQL_PASSWORD
fi

# Where the tool isn't that of the image.
sql_tool=${SQL_TOOL:-temporal-sql-tool}

migrate() {
  "$sql_tool" --database "$1" create-database
  # Only a database without a version gets this one: it is the place from which the update counts.
  "$sql_tool" --database "$1" setup-schema --version 0.0
  # The schema inside the tool, not a folder beside it: the two can't be of different versions.
  "$sql_tool" --database "$1" update-schema --schema-name "postgresql/v12/$2"
}

migrate temporal temporal
migrate temporal_visibility visibility
