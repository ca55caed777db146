#!/bin/sh
# Submits a talk to a call for speakers, and waits for its outcome: sh poll.sh https://cfs.example.org
set -eu

server=${1:?usage: sh poll.sh URL}
talk=$(dirname "$0")/../talk.json
key=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
answer=$(mktemp -d)
trap 'rm -r "$answer"' EXIT

# Prints the status code. Retries temporary failures, no sooner than Retry-After says.
ask() {
  curl --silent --show-error --max-time 30 --retry 10 --retry-all-errors \
    --dump-header "$answer/head" --output "$answer/body" --write-out '%{http_code}' "$@"
}

header() {
  tr -d '\r' <"$answer/head" | awk -v name="$1:" 'tolower($1) == name { value = $2 } END { print value }'
}

property() {
  sed -n "s/.*\"$1\": *\"\([^\"]*\)\".*/\1/p" "$answer/body"
}

# Repeated with the same key, the request makes one submission only.
code=$(ask --header 'Content-Type: application/json' --header "Idempotency-Key: $key" \
  --data-binary "@$talk" "${server%/}/api/submissions")
if [ "$code" = 202 ]; then
  location=$(header location)
  echo "$location" >&2
fi

while [ "$code" = 202 ]; do
  sleep "$(header retry-after)"
  code=$(ask "$location")
done

if [ "$code" != 200 ]; then
  cat "$answer/body" >&2
  exit 1
fi

case $(property status) in
  Succeeded) property outcome ;;
  Failed) echo "failed: $(property message)" ;;
  Canceled) echo withdrawn ;;
esac
