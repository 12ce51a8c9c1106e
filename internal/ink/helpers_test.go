package ink

import (
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
)

// choicesOf reads the numbers in a list of inputs, as indices.
func choicesOf(input string) []int {
	var picks []int
	for _, f := range strings.Fields(input) {
		if n, err := strconv.Atoi(f); err == nil {
			picks = append(picks, n-1)
		}
	}
	return picks
}

// oneStep goes on by one line or one choice and tells what happened. It reports
// false at the end of the story or of the picks.
func oneStep(s *Story, picks *[]int) (string, bool) {
	if s.CanContinue() {
		line, err := s.Continue()
		return fmt.Sprintf("%q %q %v", line.Text, line.Tags, err), true
	}
	choices := s.Choices()
	if len(choices) == 0 || len(*picks) == 0 {
		return fmt.Sprintf("end %v", choices), false
	}
	pick := (*picks)[0]
	*picks = (*picks)[1:]
	return fmt.Sprintf("%v -> %d %v", choices, pick, s.Choose(pick)), true
}

// steps plays to the end and returns what happened.
func steps(s *Story, picks []int) []string {
	var told []string
	for {
		step, more := oneStep(s, &picks)
		told = append(told, step)
		if !more || len(told) > 5000 {
			return told
		}
	}
}

// checkSaves saves before every line and choice and checks that what is loaded
// goes on as the original does, and saves as the same bytes.
func checkSaves(t *testing.T, p *Program, seed uint64, picks []int) {
	t.Helper()
	whole := steps(p.New(seed), slices.Clone(picks))
	s := p.New(seed)
	for i := 0; ; i++ {
		state := s.Save()
		loaded, err := p.Load(state)
		if err != nil {
			t.Fatalf("step %d: %v\n%s", i, err, state)
		}
		if again := loaded.Save(); string(again) != string(state) {
			t.Fatalf("step %d: saved again it differs\n%s\n%s", i, state, again)
		}
		if rest := steps(loaded, slices.Clone(picks)); !slices.Equal(rest, whole[i:]) {
			t.Fatalf("step %d: loaded, it goes on with\n%s\nnot with\n%s\n%s", i,
				strings.Join(rest, "\n"), strings.Join(whole[i:], "\n"), state)
		}
		if _, more := oneStep(s, &picks); !more {
			return
		}
	}
}

func fuzzFS(source string) fs.FS {
	return fstest.MapFS{"story.ink": {Data: []byte(source)}}
}
