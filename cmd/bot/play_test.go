package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"storyteller/internal/ink"
)

// TestPlayTellsTheCasesOfInkProof plays the stories that implementations of ink are compared with, as a person would on
// the command line. They are not part of the project.
func TestPlayTellsTheCasesOfInkProof(t *testing.T) {
	cases, err := filepath.Glob("../../../shared/ink-proof/I*/story.ink")
	if err != nil || len(cases) == 0 {
		t.Skip("the cases of ink-proof are not beside the repository, in ../shared/ink-proof")
	}
	passed, left := 0, 0
	for _, story := range cases {
		folder := filepath.Dir(story)
		if dependsOnChance(t, folder) {
			left++
			continue
		}
		input, err := os.ReadFile(filepath.Join(folder, "input.txt"))
		if err != nil {
			t.Fatal(err)
		}
		want, err := os.ReadFile(filepath.Join(folder, "transcript.txt"))
		if err != nil {
			t.Fatal(err)
		}
		var out, errs bytes.Buffer
		play([]string{story}, bytes.NewReader(input), &out, &errs)
		if trimmed(out.String()) != trimmed(string(want)) {
			t.Errorf("%s:\n%s\nwant:\n%s\nerrors:\n%s", filepath.Base(folder), &out, want, &errs)
			continue
		}
		passed++
	}
	t.Logf("%d of %d cases passed; %d more depend on chance", passed, len(cases)-left, left)
}

func dependsOnChance(t *testing.T, folder string) bool {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(folder, "metadata.json"))
	if err != nil {
		t.Fatal(err)
	}
	var meta struct{ Hide any }
	if err := json.Unmarshal(text, &meta); err != nil {
		t.Fatal(err)
	}
	why, _ := meta.Hide.(string)
	return strings.Contains(why, "random")
}

// trimmed takes the blanks off the ends of lines, and empty lines off the end.
func trimmed(text string) string {
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " \t\r")
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n")
}

const evening = `# title: The Well
# chapter: The Yard
You stand at a well that nobody has looked into for as long as anybody can remember. # speaker: Ada # image: well.png \| A well in a yard
* [Look in, although your mother told you a hundred times never to do that] It is deep. # ending: Deep
* [Go home]
    * * [Sleep] You dream.
- -> END
`

// told plays the evening in a terminal of 40 characters, with what is typed.
func told(t *testing.T, typed string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "well.ink")
	if err := os.WriteFile(name, []byte(evening), 0o644); err != nil {
		t.Fatal(err)
	}
	p, err := openToPlay(name)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := newTerminal(strings.NewReader(typed), &out, 40).play(p.New(1)); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestAStoryInATerminal(t *testing.T) {
	const want = `The Well
========

The Yard
--------

[A well in a yard]

Ada: You stand at a well that nobody has
looked into for as long as anybody can
remember.

 1  Look in, although your mother told
    you a hundred times never to do that
 2  Go home

> 
It is deep.

THE END: Deep
`
	if got := told(t, "1\n"); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

func TestWrongInputIsAnsweredAndAskedAgain(t *testing.T) {
	got := told(t, "0\n3\nhome\n\n2\n2\n 1 \n")
	if n := strings.Count(got, "Type a number from 1 to 2, or q to quit.\n> "); n != 4 {
		t.Errorf("asked again %d times, want 4:\n%s", n, got)
	}
	if !strings.Contains(got, "Type 1 to go on, or q to quit.\n> \nYou dream.\n\nTHE END\n") {
		t.Errorf("got:\n%s", got)
	}
}

func TestQuitting(t *testing.T) {
	for _, typed := range []string{"q\n", "Q", "quit\n", "", "2\nq\n"} {
		if got := told(t, typed); strings.Contains(got, "THE END") || !strings.Contains(got, "> ") {
			t.Errorf("typed %q:\n%s", typed, got)
		}
	}
}

func TestPlayEndsWithAStatus(t *testing.T) {
	folder := t.TempDir()
	write := func(name, text string) string {
		name = filepath.Join(folder, name)
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return name
	}
	for _, test := range []struct {
		args []string
		want int
	}{
		{[]string{write("good.ink", "Hello.\n-> END\n")}, 0},
		{[]string{"-seed", "3", write("good.ink", "Hello.\n-> END\n")}, 0},
		{[]string{write("bad.ink", "-> nowhere\n")}, 1},
		{[]string{write("broken.ink", "{1 / 0}\n-> END\n")}, 1},
		{[]string{write("x.json", "{}")}, 1},
		{[]string{folder}, 2},
		{[]string{}, 2},
		{[]string{"-h"}, 0},
	} {
		var out, errs bytes.Buffer
		if got := play(test.args, strings.NewReader(""), &out, &errs); got != test.want {
			t.Errorf("play %q ends with %d, want %d\n%s%s", test.args, got, test.want, &out, &errs)
		}
	}
}

func TestWhereAStoryBreaksIsToldInATerminalToo(t *testing.T) {
	name := filepath.Join(t.TempDir(), "broken.ink")
	if err := os.WriteFile(name, []byte("Hello.\n{1 / 0}\n-> END\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	p, err := openToPlay(name)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	err = newTerminal(strings.NewReader(""), &out, 40).play(p.New(1))
	broke, ok := err.(*ink.RuntimeError)
	if !ok || broke.Line != 2 || out.String() != "Hello.\n\n" {
		t.Errorf("told %q, then %v", out.String(), err)
	}
}
