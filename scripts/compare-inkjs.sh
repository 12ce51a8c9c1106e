#!/bin/sh
# Compares this engine with inkjs, the reference runtime's port to JavaScript: what stories say, compiled and played by
# either, and how fast. Needs go, node and npm, and the network once, for npm. No test needs it.
#
#   scripts/compare-inkjs.sh                  our stories and the large story
#   scripts/compare-inkjs.sh CASES            and ink-proof's cases, a folder of I001, I002, ...
#   INKJS=FOLDER scripts/compare-inkjs.sh     with an inkjs that is installed in FOLDER/node_modules already
#   RUNS=9 scripts/compare-inkjs.sh           as many runs of each measurement (5)
#   SPEED=no scripts/compare-inkjs.sh         without the measurements
set -eu
cd "$(dirname "$0")/.."
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT
go build -o "$temp/bot" ./cmd/bot
go test -c -o "$temp/ink.test" ./internal/ink
if [ -z "${INKJS:-}" ]; then
	npm install --silent --no-audit --no-fund --prefix "$temp" inkjs@2.4.0
	INKJS=$temp
fi
node scripts/compare-inkjs.js "$temp" "$INKJS" "${1:-}"
