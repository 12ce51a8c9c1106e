package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	// knownCode is a code, or a status of HTTP, in the first column of the table.
	knownCode = regexp.MustCompile(`\d{5,6}|HTTP 4\d\d`)
	// playedCode is one in a fault of a transcript.
	playedCode = regexp.MustCompile(`(?m)(?:code=(\d+)|(?:^|\s)(4\d\d|5\d\d|stall|reset)\b)`)
)

// Every code that Discord is known to answer with is played in a transcript, so that what the bot makes of it is on record.
func TestEveryCodeIsPlayed(t *testing.T) {
	facts, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "discord", "facts.md"))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the table of Discord's codes is not beside the repository, in ../shared/discord/facts.md")
	}
	if err != nil {
		t.Fatal(err)
	}
	played := playedCodes(t)
	_, section, _ := strings.Cut(string(facts), "\n## 7. ")
	section, _, _ = strings.Cut(section, "\n## ")
	rows := 0
	for row := range strings.SplitSeq(section, "\n") {
		cells := strings.Split(row, "|")
		if len(cells) < 3 {
			continue
		}
		for _, code := range knownCode.FindAllString(cells[1], -1) {
			rows++
			if !played[strings.TrimPrefix(code, "HTTP ")] {
				t.Errorf("no transcript plays %s: %s", code, cells[2])
			}
		}
	}
	const least = 40 // of 50 and more: fewer would mean that the table was not found
	if rows < least {
		t.Errorf("the table has %d codes", rows)
	}
	for _, kind := range []string{"500", "502", "503", "504", "stall", "reset"} {
		if !played[kind] {
			t.Errorf("no transcript plays %s", kind)
		}
	}
}

func playedCodes(t *testing.T) map[string]bool {
	played := map[string]bool{}
	files, err := filepath.Glob("testdata/readings/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		acts, _, _ := strings.Cut(string(text), "\n-- channel --") // what came out is no fault
		for _, found := range playedCode.FindAllStringSubmatch(acts, -1) {
			played[found[1]+found[2]] = true
		}
	}
	return played
}
