package narrate

import (
	"testing"
	"testing/fstest"

	"storyteller/internal/library"
)

// A story is in memory for as long as a reading runs on it, and no longer.
func TestStoriesLeaveMemoryWithTheirLastReading(t *testing.T) {
	story, findings := library.Load(fstest.MapFS{"tale.ink": {Data: []byte("# title: T\nOnce. # ending: E\n-> END\n")}}, "tale")
	if findings.Failed() {
		t.Fatal(findings)
	}
	ps := newPrograms(nil) // the story is never read
	ps.use(story.Hash)
	ps.use(story.Hash)
	k := ps.known[story.Hash]
	k.ready, k.story = make(chan struct{}), story
	close(k.ready)
	ps.leave(story.Hash)
	if p, err := ps.program(t.Context(), story.Hash); err != nil || p != story.Program {
		t.Errorf("one reading is left: %v, %v", p, err)
	}
	ps.leave(story.Hash)
	ps.leave(story.Hash) // one too many changes nothing
	if len(ps.known) > 0 {
		t.Errorf("%d stories are left", len(ps.known))
	}
}
