package compile

import (
	"os"
	"path/filepath"
	"testing"
)

// TestProof compiles every story of ink-proof, the collection by which ink implementations are compared. It is not part of the
// repository.
func TestProof(t *testing.T) {
	stories, err := filepath.Glob("../../../../shared/ink-proof/*/story.ink")
	if err != nil || len(stories) == 0 {
		t.Skip("ink-proof is not beside the repository")
	}
	for _, name := range stories {
		t.Run(filepath.Base(filepath.Dir(name)), func(t *testing.T) {
			program, diags := Compile(os.DirFS(filepath.Dir(name)), filepath.Base(name))
			if program == nil {
				t.Errorf("refused: %v", diags)
			}
		})
	}
}
