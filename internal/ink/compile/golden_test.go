package compile

import (
	"bytes"
	"encoding/json"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"storyteller/internal/ink/ir"
)

var update = flag.Bool("update", false, "rewrite the compiled stories in testdata/golden")

// TestGolden compiles the stories of testdata/golden and compares the trees with those kept beside them, which other ink players
// were found to play as the reference compiler's.
func TestGolden(t *testing.T) {
	fsys := os.DirFS("testdata/golden")
	stories, err := fs.Glob(fsys, "*.ink")
	if err != nil || len(stories) == 0 {
		t.Fatal("no stories", err)
	}
	for _, name := range stories {
		t.Run(name, func(t *testing.T) {
			got := compiled(t, fsys, name)
			golden := filepath.Join("testdata/golden", strings.TrimSuffix(name, ".ink")+".json")
			if *update {
				if err := os.WriteFile(golden, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("the tree has changed; see the difference with -update\n%s", got)
			}
		})
	}
}

// compiled is the story's JSON, each knot on a line of its own.
func compiled(t *testing.T, fsys fs.FS, name string) []byte {
	program, diags := Compile(fsys, name)
	if program == nil {
		t.Fatalf("refused: %v", diags)
	}
	out := program.AppendJSON(nil)
	if !json.Valid(out) {
		t.Fatalf("no JSON: %s", out)
	}
	if _, err := ir.Decode(out); err != nil {
		t.Fatalf("cannot be read back: %v", err)
	}
	out = bytes.ReplaceAll(out, []byte(`],"`), []byte("],\n\""))
	return append(out, '\n')
}
