#!/bin/bash
# Builds the page of `dateline serve` from web/ into a folder, with a .gz beside each file.
# Usage: build-page.sh FOLDER. Needs node 18.20 or later, and npm.
set -euo pipefail
cd "$(dirname "$0")/.."
[ $# -eq 1 ] || { echo "usage: $0 FOLDER" >&2; exit 2; }
mkdir -p "$(dirname "$1")"
folder=$(realpath -m "$1")
cd web
# Installed anew only where the lock file is newer than what is there.
[ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --no-audit --no-fund --loglevel=error
npm run --silent build
rm -rf "$folder.new"
cp -r dist "$folder.new"
find "$folder.new" -type f -exec gzip -9 -n -k {} +
rm -rf "$folder"
mv "$folder.new" "$folder"
