#!/bin/sh
# Runs in a temporary folder the same steps as Docker with deploy/Dockerfile:
# COPY and RUN of the first stage, then CMD and HEALTHCHECK. Posts once and stops the server.
#   deploy/smoke.sh            installs and builds from scratch, as for an image
#   deploy/smoke.sh --reuse    uses the packages and the build of this checkout
set -eu
reuse=${1:-}
here=$(cd "$(dirname "$0")/.." && pwd)

# The image has its own Node; where this machine's is too old, this is the one of the npm commands.
PATH=$(cd "$here" && node --input-type=module -e "
  import { bringNode, OLDEST_NODE, PINNED_NODE, runningNode } from './app/cli/node.mjs';
  console.log(runningNode() < OLDEST_NODE ? bringNode(PINNED_NODE) + ':' : '');
")$PATH

folder=$(mktemp -d)
server=
clean_up() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  rm -rf "$folder"
}
trap clean_up EXIT
trap 'exit 1' INT TERM
mkdir "$folder/app" "$folder/data"

cd "$folder/app"
: >"$folder/log"

# COPY: everything that is not in .dockerignore, or the listed files.
copy() {
  [ "$*" = '. .' ] && set -- $(cd "$here" && ls -A | grep -vxFf .dockerignore) ./
  while [ $# -gt 1 ]; do
    cp -a "$here/$1" .
    shift
  done
}

# Hard links if possible; npm modifies its own record in place, so that file is copied.
reuse_packages() {
  cp -al "$here/node_modules" . 2>/dev/null || cp -a "$here/node_modules" .
  rm node_modules/.package-lock.json
  cp "$here/node_modules/.package-lock.json" node_modules/
}

sed -n '/AS build$/,/^FROM [^ ]*$/p' "$here/deploy/Dockerfile" | grep -E '^(COPY|RUN) ' >"$folder/steps"
while read -r step; do
  echo "$step"
  case "$reuse $step" in
    *' COPY '*) copy ${step#COPY } ;;
    '--reuse RUN npm ci'*) reuse_packages ;;
    '--reuse RUN npm run build') cp -a "$here/build" . ;;
    *) sh -c "${step#RUN }" ;;
  esac
done <"$folder/steps"

# ENV, with a free port and on loopback
export NODE_ENV=production HOST=127.0.0.1 DATABASE_URL="file:$folder/data/causeway.db" \
  OUTBOX_DIR="$folder/data/outbox" HOLD_FIRST_POSTS=0 LOG_LEVEL=warn
PORT=$(node -e 'const s = require("net").createServer().listen(0, () => { console.log(s.address().port); s.close(); })')
export PORT ORIGIN="http://127.0.0.1:$PORT"

# Returns the JSON list of the last CMD line, or of the indented one, which is HEALTHCHECK's.
command_of() {
  sed -n "s/^$1CMD \[\(.*\)\]$/\1/p" deploy/Dockerfile | tr -d '",'
}
password='a boat on the causeway'
echo "$password" | node build/causeway.js user create --email smoke@example.org --handle smoke --password-stdin

$(command_of '') >"$folder/log" 2>&1 &
server=$!
until grep -q 'Causeway is at' "$folder/log"; do
  kill -0 "$server" 2>/dev/null || { cat "$folder/log"; exit 1; }
  sleep 0.1
done
$(command_of '  ')
node deploy/smoke-post.mjs "$ORIGIN" smoke@example.org "$password"

kill -TERM "$server"
wait "$server" || { echo "It did not stop cleanly: exit code $?"; cat "$folder/log"; exit 1; }
server=
echo 'Smoke test passed.'
