package ink

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// picksOf plays a story, always by another choice, and returns what was chosen.
func picksOf(t *testing.T, p *Program, seed uint64) (picks []int) {
	t.Helper()
	s := p.New(seed)
	for turn := 0; turn < 300; turn++ {
		if _, err := lines(s); err != nil {
			t.Fatal(err)
		}
		n := len(s.Choices())
		if n == 0 {
			break
		}
		picks = append(picks, turn%n)
		if err := s.Choose(turn % n); err != nil {
			t.Fatal(err)
		}
	}
	return picks
}

// TestEveryStoryGoesOnFromEverySave does for the stories that come with the bot
// what TestStories does for those in testdata.
func TestEveryStoryGoesOnFromEverySave(t *testing.T) {
	found, err := filepath.Glob("../../stories/*/*.ink")
	if err != nil || len(found) == 0 {
		t.Fatalf("no stories: %v", err)
	}
	for _, name := range found {
		folder := filepath.Dir(name)
		id := filepath.Base(folder)
		if filepath.Base(name) != id+".ink" {
			continue // another includes it
		}
		t.Run(id, func(t *testing.T) {
			p, err := Compile(os.DirFS(folder), id+".ink")
			if err != nil {
				t.Fatal(err)
			}
			for seed := range uint64(2) {
				checkSaves(t, p, seed, picksOf(t, p, seed))
			}
		})
	}
}

// TestTheLargeStoryGoesOnFromItsSaves looks at some of its many places.
func TestTheLargeStoryGoesOnFromItsSaves(t *testing.T) {
	const each = 41
	p := largeProgram(t)
	picks := picksOf(t, p, 1)
	whole := steps(p.New(1), slices.Clone(picks))
	s := p.New(1)
	for i := range whole {
		if i%each == 0 {
			loaded, err := p.Load(s.Save())
			if err != nil {
				t.Fatal(err)
			}
			if rest := steps(loaded, slices.Clone(picks)); !slices.Equal(rest, whole[i:]) {
				t.Fatalf("step %d: loaded, it goes on with\n%s", i, strings.Join(rest[:min(3, len(rest))], "\n"))
			}
		}
		oneStep(s, &picks)
	}
}
