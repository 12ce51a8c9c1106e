package discord

import (
	"testing"

	"storyteller/internal/commands"
)

func TestAButtonSaysWhatItMeans(t *testing.T) {
	for id, want := range map[string]commands.Button{
		"1:1234:join":       {Reading: "1234", Action: commands.ActionJoin},
		"1:1234:begin":      {Reading: "1234", Action: commands.ActionBegin},
		"1:1234:v12:24":     {Reading: "1234", Action: commands.ActionVote, Vote: 12, Option: 24},
		"1:1234:v1:0":       {Reading: "1234", Action: commands.ActionVote, Vote: 1},
		"1:1234:again":      {Reading: "1234", Action: commands.ActionAgain},
		"1:1234:transcript": {Reading: "1234", Action: commands.ActionTranscript},
	} {
		got, err := decodeButton(id)
		if err != nil || got != want {
			t.Errorf("decodeButton(%q) = %+v, %v; want %+v", id, got, err, want)
		}
		if written := encodeButton(want); written != id {
			t.Errorf("encodeButton(%+v) = %q, want %q", want, written, id)
		}
	}
}

func TestForgedButtonsAreRefused(t *testing.T) {
	for _, id := range []string{
		"", ":", "1", "1:1234", "2:1234:join", "1::join", "1:x:join", "1:01:join", "1:1234:join:1", "1:1234:dance",
		"1:1234:v1", "1:1234:v0:0", "1:1234:v1:-1", "1:1234:v01:0", "1:1234:v1:00", "1:1234:v+1:0", "1:1234:v1:0:0",
		"1:1234:v99999999999999999999:0", "1:18446744073709551616:join", "1:1234:v1:1000001", " 1:1234:join",
	} {
		if b, err := decodeButton(id); err == nil {
			t.Errorf("decodeButton(%q) = %+v, want an error", id, b)
		}
	}
}

func FuzzCustomID(f *testing.F) {
	for _, id := range []string{"1:1234:join", "1:1234:v12:24", "1:1234:again", "1:1234:v1:x", "2:1:begin", "1:1:transcript:"} {
		f.Add(id)
	}
	f.Fuzz(func(t *testing.T, id string) {
		b, err := decodeButton(id)
		if err != nil {
			return
		}
		if again := encodeButton(b); again != id || len(again) > maxCustomID {
			t.Errorf("%q is read as %+v, which is written as %q", id, b, again)
		}
	})
}
