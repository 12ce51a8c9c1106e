package discord

import (
	"errors"
	"strconv"
	"strings"

	"storyteller/internal/commands"
)

// A button of ours carries in its custom_id what a press on it means:
//
//	1:<reading>:join
//	1:<reading>:begin
//	1:<reading>:v<vote>:<option>
//	1:<reading>:again
//	1:<reading>:transcript
//
// 1 is the version of this format. Messages stay in channels for ever, so a version that was once released has to be
// understood for ever too. <vote> is the vote's number in the reading, from 1; <option> an index, from 0; both decimal
// without leading zeros, so that a button has one spelling only.
const (
	idVersion   = "1"
	idSeparator = ":"
)

// maxVote bounds what the codec takes for the number of a vote or an option, far above any true one.
const maxVote = 1_000_000

var errForeignID = errors.New("not a custom_id of this bot")

// encodeButton writes the custom_id of a button.
func encodeButton(b commands.Button) string {
	parts := []string{idVersion, b.Reading, string(b.Action)}
	if b.Action == commands.ActionVote {
		parts[2] += strconv.Itoa(b.Vote)
		parts = append(parts, strconv.Itoa(b.Option))
	}
	return strings.Join(parts, idSeparator)
}

// decodeButton reads a custom_id. It takes exactly what encodeButton writes.
func decodeButton(id string) (commands.Button, error) {
	if len(id) > maxCustomID {
		return commands.Button{}, errForeignID
	}
	parts := strings.Split(id, idSeparator)
	if len(parts) < 3 || parts[0] != idVersion || !isSnowflake(parts[1]) {
		return commands.Button{}, errForeignID
	}
	b := commands.Button{Reading: parts[1], Action: commands.Action(parts[2])}
	switch b.Action {
	case commands.ActionJoin, commands.ActionBegin, commands.ActionAgain, commands.ActionTranscript:
		if len(parts) != 3 {
			return commands.Button{}, errForeignID
		}
		return b, nil
	}
	number, isVote := strings.CutPrefix(parts[2], string(commands.ActionVote))
	if !isVote || len(parts) != 4 {
		return commands.Button{}, errForeignID
	}
	vote, ok1 := decodeNumber(number)
	option, ok2 := decodeNumber(parts[3])
	if !ok1 || !ok2 || vote < 1 {
		return commands.Button{}, errForeignID
	}
	return commands.Button{Reading: parts[1], Action: commands.ActionVote, Vote: vote, Option: option}, nil
}

func decodeNumber(s string) (int, bool) {
	n, err := strconv.Atoi(s)
	return n, err == nil && n >= 0 && n <= maxVote && strconv.Itoa(n) == s
}

// isSnowflake says whether s is an id as Discord writes them: a decimal number of 64 bits.
func isSnowflake(s string) bool {
	n, err := strconv.ParseUint(s, 10, 64)
	return err == nil && strconv.FormatUint(n, 10) == s
}
