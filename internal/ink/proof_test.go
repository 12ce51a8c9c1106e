package ink

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// proofDir looks for a checkout of ink-proof's cases beside the repository.
func proofDir(t *testing.T) string {
	dir, err := filepath.Abs(".")
	if err != nil {
		t.Fatal(err)
	}
	for ; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		if dir == filepath.Dir(dir) {
			t.Skip("no go.mod above this package")
		}
	}
	found := filepath.Join(dir, "..", "shared", "ink-proof")
	if _, err := os.Stat(found); err != nil {
		t.Skip("the cases of ink-proof are not beside the repository, in ../shared/ink-proof")
	}
	return found
}

// byChance reports whether a case's outcome depends on which random numbers a
// runtime draws.
func byChance(t *testing.T, dir string) bool {
	var meta struct{ Hide any }
	b, err := os.ReadFile(filepath.Join(dir, "metadata.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &meta); err != nil {
		t.Fatal(err)
	}
	reason, _ := meta.Hide.(string)
	return strings.Contains(reason, "random")
}

// TestInkProof plays the cases that ink's implementations are compared with.
func TestInkProof(t *testing.T) {
	dirs, err := filepath.Glob(filepath.Join(proofDir(t), "I*"))
	if err != nil || len(dirs) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, dir := range dirs {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			if byChance(t, dir) {
				t.Skip("depends on the random numbers of one runtime")
			}
			p, err := Compile(os.DirFS(dir), "story.ink")
			if err != nil {
				t.Fatal(err)
			}
			want := read(t, filepath.Join(dir, "transcript.txt"))
			input := read(t, filepath.Join(dir, "input.txt"))
			var got strings.Builder
			if err := Play(p, 0, strings.NewReader(input), &got, false); err != nil {
				t.Logf("ended with: %v", err)
			}
			if got.String() != want {
				t.Errorf("got\n%s\nwant\n%s", got.String(), want)
			}
			reloaded, err := LoadProgram(p.JSON())
			if err != nil {
				t.Fatalf("its JSON does not load: %v", err)
			}
			if reloaded.Hash() != p.Hash() {
				t.Error("its JSON does not come back as it was")
			}
			checkSaves(t, p, 7, choicesOf(input))
		})
	}
}

func read(t testing.TB, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(b), "\r\n", "\n")
}
