package library

import (
	"os"
	"testing"
)

// BenchmarkLoad reads a whole story of ten thousand words: every start of the bot does.
func BenchmarkLoad(b *testing.B) {
	const folder = "../../stories/last-dance"
	if _, err := os.Stat(folder); err != nil {
		b.Skip("the story is not there")
	}
	for b.Loop() {
		if story, findings := Load(os.DirFS(folder), "last-dance"); story == nil {
			b.Fatal(findings)
		}
	}
}
