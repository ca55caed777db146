#!/bin/sh
# Makes the secrets of docker-compose.yml, each in a file of its own, in the folder that is given (./secrets without one).
# What is there already stays: most of them may never change.
set -eu

folder=${1:-secrets}

# Only its owner reaches the folder. The files may be read by everyone who does, since each container has another user.
umask 077
mkdir -p "$folder"
cd "$folder"

keep() {
  [ -s "$1" ] || printf '%s\n' "$2" >"$1"
  chmod 444 "$1"
}

random() {
  openssl rand -hex 32
}

keep id-secret "$(random)"
keep speaker-token-keys "1:$(random)"
keep payload-keys "1:$(random)"
keep webhook-secret "$(random)"
keep temporal-password "$(random)"
# The same twice: PostgreSQL wants the password, and the service a URL.
keep records-password "$(random)"
keep records-url "postgres://records:$(cat records-password)@records/records"
keep grafana-password "$(random)"

for file in access.yaml smtp-url; do
  if [ -s "$file" ]; then chmod 444 "$file"; else echo "still to be written by you: $folder/$file"; fi
done
