package commands

import (
	"context"
	"strings"
	"testing"
	"unicode/utf8"

	"storyteller/internal/narrate/reading"
)

// logged is a narrator that has a log and nothing else.
type logged struct {
	Narrator
	log []reading.Entry
}

func (l logged) Log(context.Context, string) ([]reading.Entry, error) { return l.log, nil }

// A transcript that is longer than a file may be is cut, and not within a character.
func TestALongTranscriptIsCutBetweenCharacters(t *testing.T) {
	c := &Commands{narrator: logged{log: []reading.Entry{{Beat: &reading.Beat{Text: strings.Repeat("€", MaxTranscript/3)}}}}}
	for _, title := range []string{"T", "TT", "TTT"} { // so that the bound falls on each byte of a character
		body := c.transcript(t.Context(), Request{}, reading.State{Story: reading.Story{Title: title}}).File.Body
		if !utf8.Valid(body) || len(body) > MaxTranscript || len(body) <= MaxTranscript-utf8.UTFMax {
			t.Errorf("title %s: %d bytes, whole characters: %v", title, len(body), utf8.Valid(body))
		}
	}
}

// Whoever votes for an option of very many words is told the beginning of it.
func TestALongOptionIsToldInShort(t *testing.T) {
	long := strings.Repeat("word_", 20_000)
	for _, o := range []reading.Outcome{reading.Counted, reading.Changed, reading.Same} {
		const most = 2*2*maxOption + 200 // two options, each sign with a backslash at the most, and the words around them
		if text := outcome(reading.Answer{Outcome: o, Option: long, Before: long}); !strings.Contains(text, `word\_word`) || utf8.RuneCountInString(text) > most {
			t.Errorf("%s: %d characters: %.100s", o, utf8.RuneCountInString(text), text)
		}
	}
}
