#!/bin/sh
# Makes the namespace and its search attributes as the environment says: TEMPORAL_ADDRESS (read by the CLI itself),
# TEMPORAL_NAMESPACE, RETENTION, SEARCH_ATTRIBUTES. Runs at every start of the stack: what is right already stays.
# `npm run namespace` does the same where there is Node.
set -eu

# Seconds between two tries, and how many: a first start on a slow disk takes tens of seconds.
interval=2
tries=60

retry() {
  try=1
  until "$@"; do
    if [ "$try" -ge "$tries" ]; then
      echo "gave up after $tries tries: $*" >&2
      return 1
    fi
    try=$((try + 1))
    sleep "$interval"
  done
}

# The option each time: `namespace create` takes no notice of the variable, and would make the namespace "default".
temporal() {
  command temporal "$@" --namespace "$TEMPORAL_NAMESPACE"
}

# An open port is not enough: the server listens before it can serve.
retry temporal operator cluster health

if temporal operator namespace describe >/dev/null 2>&1; then
  temporal operator namespace update --retention "$RETENTION"
else
  temporal operator namespace create --retention "$RETENTION"
fi

# The server learns of the namespace, and then of its attributes, only seconds later.
for attribute in $SEARCH_ATTRIBUTES; do
  retry temporal operator search-attribute create --name "${attribute%=*}" --type "${attribute#*=}"
done
for attribute in $SEARCH_ATTRIBUTES; do
  retry temporal workflow count --query "${attribute%=*} IS NULL"
done
