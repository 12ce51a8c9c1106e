package library

import (
	"io/fs"
	"time"
)

// A check plays a story until it has seen all of it, or often enough to say that nobody will see the rest.
const (
	checkLeast = 100  // play-throughs, even if everything was seen
	checkWalks = 2000 // play-throughs at most
	checkTime  = 20 * time.Second
)

// Check finds all there is to say about the story in the folder fsys: what Load finds, and what shows when the story is
// played many times. The story is nil when there is an Error among the findings.
func Check(fsys fs.FS, id string) (*Story, Findings) {
	d := read(fsys, id)
	story := d.story
	if d.findings.Failed() {
		story = nil
	}
	if d.program != nil {
		d.lintUnused()
	}
	if d.program != nil && !d.broken {
		d.lintPlays()
		if d.findings.Failed() {
			story = nil
		}
	}
	d.findings.sort(d.sources)
	return story, d.findings
}
