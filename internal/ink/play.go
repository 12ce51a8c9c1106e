package ink

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Play plays a story as text: lines, tags as "# tags: a, b" after the line that
// has them, choices as "1: text" after a blank line, and the prompt "?> ". From in
// it reads the number of a choice a line. It ends with the story, or when in does.
//
// With interactive a wrong number is answered with what is expected, and asked
// again; otherwise it ends the play with an error. A story that breaks ends it
// with a *RuntimeError, after a line of output that says so.
func Play(p *Program, seed uint64, in io.Reader, out io.Writer, interactive bool) error {
	t := &player{story: p.New(seed), in: bufio.NewScanner(in), out: bufio.NewWriter(out), interactive: interactive}
	err := t.play()
	if t.open {
		t.print("\n")
	}
	if flush := t.out.Flush(); err == nil {
		err = flush
	}
	return err
}

type player struct {
	story       *Story
	in          *bufio.Scanner
	out         *bufio.Writer
	interactive bool
	open        bool // the last line of output has no line break yet
}

func (t *player) print(s string) {
	if s != "" {
		_, _ = t.out.WriteString(s) // Flush tells of an error
		t.open = !strings.HasSuffix(s, "\n")
	}
}

func (t *player) play() error {
	for {
		if err := t.read(); err != nil {
			return err
		}
		choices := t.story.Choices()
		if len(choices) == 0 {
			return nil
		}
		t.print("\n") // a blank line, unless the text ends without a line break
		for _, c := range choices {
			t.print(fmt.Sprintf("%d: %s\n", c.Index+1, c.Text))
		}
		if more, err := t.choose(choices); err != nil || !more {
			return err
		}
	}
}

// read prints all lines up to the next choice.
func (t *player) read() error {
	for t.story.CanContinue() {
		line, err := t.story.vm.Continue()
		if err != nil {
			err = runtimeError(err)
			if t.open {
				t.print("\n")
			}
			msg := err.Error()
			if e, ok := err.(*RuntimeError); ok {
				msg = e.Msg
			}
			t.print("RUNTIME ERROR: " + msg + "\n")
			return err
		}
		t.print(line.Text)
		if len(line.Tags) > 0 {
			if t.open {
				t.print("\n")
			}
			t.print("# tags: " + strings.Join(line.Tags, ", ") + "\n")
		}
	}
	return nil
}

// choose asks for a choice until there is one. It reports false at the end of
// the input.
func (t *player) choose(choices []Choice) (bool, error) {
	for {
		t.print("?> ")
		if err := t.out.Flush(); err != nil {
			return false, err
		}
		if !t.in.Scan() {
			return false, t.in.Err()
		}
		text := strings.TrimSpace(t.in.Text())
		n, err := strconv.Atoi(text)
		if err == nil && n >= 1 && n <= len(choices) {
			t.open = !t.interactive // on a terminal, what was typed ended the line
			return true, t.story.Choose(n - 1)
		}
		if !t.interactive {
			return false, fmt.Errorf("%q is not the number of a choice: there are 1 to %d", text, len(choices))
		}
		t.print(fmt.Sprintf("Type a number from 1 to %d.\n", len(choices)))
	}
}
