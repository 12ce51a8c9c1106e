#!/bin/sh
# Lets discord.js, a client that nobody here wrote, log in to fakediscord, and goes through what a bot does: events,
# commands, answers, buttons, menus, forms, messages, a broken connection. Needs go, node and npm, and the network once,
# for npm. No test needs it.
#
#   scripts/discordjs.sh
#   DISCORDJS=FOLDER scripts/discordjs.sh    with a discord.js that is installed in FOLDER/node_modules already
set -eu
cd "$(dirname "$0")/.."
if [ -z "${DISCORDJS:-}" ]; then
	DISCORDJS=$(mktemp -d)
	trap 'rm -rf "$DISCORDJS"' EXIT
	npm install --silent --no-audit --no-fund --prefix "$DISCORDJS" discord.js@14.28.1
fi
export DISCORDJS
go test ./internal/fakediscord -count=1 -timeout 120s -v -run '^TestDiscordJSIsAtHome$'
