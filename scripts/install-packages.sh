#!/bin/bash
# Installs the Debian 12 packages that are missing. Usage: install-packages.sh build|page|check
# Does nothing where all are there; otherwise needs root or sudo.
set -euo pipefail

build=(gcc libc6-dev cmake ninja-build pkg-config libjansson-dev libutf8proc-dev libxml2-dev
    zlib1g-dev libsqlite3-dev libmicrohttpd-dev)
check=(clang clang-format-14 libcmocka-dev valgrind python3 python3-jsonschema python3-yaml gzip sqlite3)

# Debian's own node and npm, unless others are there that will do.
page=(gzip)
command -v node >/dev/null && command -v npm >/dev/null || page+=(nodejs npm)
check+=("${page[@]}" chromium)

case "${1:-}" in
build) wanted=("${build[@]}") ;;
page) wanted=("${page[@]}") ;;
check) wanted=("${build[@]}" "${check[@]}") ;;
*)
    echo "usage: $0 build|page|check" >&2
    exit 2
    ;;
esac

missing=()
for package in "${wanted[@]}"; do
    if ! dpkg-query -W -f '${Status}\n' "$package" 2>/dev/null |
        grep -q '^install ok installed$'; then
        missing+=("$package")
    fi
done
[ ${#missing[@]} -eq 0 ] && exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "$0: these packages are missing, and there is no root: ${missing[*]}" >&2
        exit 1
    fi
    as_root=(sudo)
fi
echo "installing: ${missing[*]}" >&2
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -q >&2
"${as_root[@]}" apt-get install -q -y --no-install-recommends "${missing[@]}" >&2
