package main

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"storyteller/internal/cue"
	"storyteller/internal/ink"
)

// How wide a line of text is, in characters, whatever the terminal offers: longer ones are hard to read, and shorter
// ones are no lines.
const (
	widest    = 76
	narrowest = 20
)

// terminal tells a story to one person who types.
type terminal struct {
	in    *bufio.Scanner
	out   *bufio.Writer
	width int
}

func newTerminal(in io.Reader, out io.Writer, width int) *terminal {
	return &terminal{in: bufio.NewScanner(in), out: bufio.NewWriter(out), width: min(max(width, narrowest), widest)}
}

// play tells the story to its end, or until the person has had enough.
func (t *terminal) play(s *ink.Story) error {
	ending := ""
	for {
		for s.CanContinue() {
			line, err := s.Continue()
			if err != nil {
				t.out.Flush()
				return err
			}
			if name := t.tell(line); name != "" {
				ending = name
			}
		}
		choices := s.Choices()
		if len(choices) == 0 {
			break
		}
		for _, c := range choices {
			t.paragraph(fmt.Sprintf("%2d  ", c.Index+1), c.Text)
		}
		chosen, err := t.ask(len(choices))
		if err != nil || chosen < 0 {
			return err
		}
		if err := s.Choose(choices[chosen].Index); err != nil {
			return err
		}
		t.print("")
	}
	if ending != "" {
		t.paragraph("", "THE END: "+ending)
	} else {
		t.paragraph("", "THE END")
	}
	return t.out.Flush()
}

func (t *terminal) print(line string) {
	_, _ = t.out.WriteString(line + "\n") // Flush tells of an error
}

// tell prints a line of the story as its tags ask for, and returns the name of the ending it brings.
func (t *terminal) tell(line ink.Line) (ending string) {
	lead := ""
	for _, tag := range line.Tags {
		switch name, value := cue.Split(tag); name {
		case "title":
			t.heading(value, "=")
		case "chapter":
			t.heading(value, "-")
		case "speaker":
			lead = value + ": "
		case "image":
			if alt := cue.ParsePicture(value).Alt; alt != "" {
				t.paragraph("", "["+alt+"]")
				t.print("")
			}
		case "ending":
			ending = value
		}
	}
	if text := strings.TrimSpace(line.Text); text != "" {
		t.paragraph("", lead+text)
		t.print("")
	}
	return ending
}

func (t *terminal) heading(text, rule string) {
	if text == "" {
		return
	}
	t.print(text)
	t.print(strings.Repeat(rule, min(t.width, utf8.RuneCountInString(text))))
	t.print("")
}

// paragraph prints text with its first line behind a lead, and the others as far in as the lead is long.
func (t *terminal) paragraph(lead, text string) {
	indent := strings.Repeat(" ", utf8.RuneCountInString(lead))
	line, length := lead, len(indent)
	empty := true
	for _, word := range strings.Fields(text) {
		n := utf8.RuneCountInString(word)
		switch {
		case empty:
		case length+1+n > t.width:
			t.print(line)
			line, length = indent, len(indent)
		default:
			line += " "
			length++
		}
		line += word
		length += n
		empty = false
	}
	t.print(line)
}

// ask asks for a choice until there is one; -1 when the person quits.
func (t *terminal) ask(n int) (int, error) {
	t.print("")
	for {
		_, _ = t.out.WriteString("> ")
		if err := t.out.Flush(); err != nil {
			return -1, err
		}
		if !t.in.Scan() {
			t.print("")
			t.out.Flush()
			return -1, t.in.Err()
		}
		typed := strings.ToLower(strings.TrimSpace(t.in.Text()))
		if typed == "q" || typed == "quit" {
			return -1, nil
		}
		if chosen, err := strconv.Atoi(typed); err == nil && chosen >= 1 && chosen <= n {
			return chosen - 1, nil
		}
		want := fmt.Sprintf("Type a number from 1 to %d", n)
		if n == 1 {
			want = "Type 1 to go on"
		}
		t.print(want + ", or q to quit.")
	}
}
