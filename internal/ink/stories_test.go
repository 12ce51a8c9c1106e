package ink

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the transcripts in testdata")

// transcript plays a story and writes all that a reader gets, with the tags of
// choices and the warnings.
func transcript(p *Program, seed uint64, picks []int) string {
	var b strings.Builder
	s := p.New(seed)
	for {
		for s.CanContinue() {
			line, err := s.vm.Continue()
			if err != nil {
				fmt.Fprintf(&b, "error: %v\n", runtimeError(err))
				break
			}
			b.WriteString(line.Text)
			if len(line.Tags) > 0 {
				fmt.Fprintf(&b, "# %s\n", strings.Join(line.Tags, ", "))
			}
		}
		choices := s.Choices()
		if len(choices) == 0 {
			break
		}
		b.WriteString("\n")
		for _, c := range choices {
			fmt.Fprintf(&b, "%d: %s", c.Index+1, c.Text)
			if len(c.Tags) > 0 {
				fmt.Fprintf(&b, " # %s", strings.Join(c.Tags, ", "))
			}
			b.WriteString("\n")
		}
		b.WriteString("?> ")
		if len(picks) == 0 {
			break
		}
		if err := s.Choose(picks[0]); err != nil {
			fmt.Fprintf(&b, "%v", err)
			break
		}
		picks = picks[1:]
	}
	b.WriteString("\n")
	for _, w := range s.Warnings() {
		fmt.Fprintf(&b, "warning: %s\n", w)
	}
	return b.String()
}

// inputOf reads the choices to take from a story's first line, "// input: 1 2".
func inputOf(source string) []int {
	line, _, _ := strings.Cut(source, "\n")
	return choicesOf(strings.TrimPrefix(line, "// input:"))
}

// TestStories plays the stories in testdata, as compiled here (NAME.ink) and as
// inkjs 2.4.0 compiled them (NAME.json, where it is there), and compares with
// NAME.txt. They are saved and loaded before each line and choice.
func TestStories(t *testing.T) {
	sources, err := filepath.Glob("testdata/*.ink")
	if err != nil || len(sources) == 0 {
		t.Fatalf("no stories: %v", err)
	}
	for _, name := range sources {
		base := strings.TrimSuffix(name, ".ink")
		picks := inputOf(read(t, name))
		check := func(t *testing.T, p *Program, err error) {
			if err != nil {
				t.Fatal(err)
			}
			got := transcript(p, 1, picks)
			if want := read(t, base+".txt"); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
			checkSaves(t, p, 1, picks)
		}
		t.Run(filepath.Base(base), func(t *testing.T) {
			p, err := Compile(os.DirFS("testdata"), filepath.Base(name))
			if *update && err == nil {
				if err := os.WriteFile(base+".txt", []byte(transcript(p, 1, picks)), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			check(t, p, err)
		})
		if json, err := os.ReadFile(base + ".json"); err == nil {
			t.Run(filepath.Base(base)+".json", func(t *testing.T) {
				p, err := LoadProgram(json)
				check(t, p, err)
			})
		}
	}
}
