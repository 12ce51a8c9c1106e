// Package library has the stories that can be told: it reads them from their folders, knows what their authors say of them
// in tags, and tells authors what is wrong.
//
// A story is a folder with an ink file of the same name, what that includes, and pictures; the ink may be compiled. Load reads one, Check also plays
// it through, a Library keeps all that can be started. What a reading in progress needs of a story is its bundle.
package library

import (
	"io/fs"

	"storyteller/internal/ink"
)

// Story is a story that can be told. It never changes.
type Story struct {
	ID       string // name of its folder
	Meta     Meta
	Program  *ink.Program
	Pictures map[string][]byte // by their names in the folder
	Hash     string            // lower-case hex SHA-256 of the bundle
	bundle   []byte
}

// draft is a story while it is being read.
type draft struct {
	folder   *folder
	main     string    // file that the story begins with, or that it is compiled to
	sources  []*source // main and what it includes
	program  *ink.Program
	story    *Story
	findings Findings
	pictures map[string]bool // that tags name, whether they are there or not
	endings  map[string]tag  // see named
	ends     []place         // where it was seen to run out of content, without a warning of the compiler's
	broken   bool            // it breaks whatever is chosen
	misspelt bool            // a tag was most likely meant to name an ending
	computed bool            // which pictures are shown is known only when the story is told
}

// Load reads the story in the folder fsys. Its main file is <id>.ink, else main.ink, else the only ink file that no
// other includes; in a folder without ink files, a compiled one. The story is nil when there is an Error among the findings.
func Load(fsys fs.FS, id string) (*Story, Findings) {
	d := read(fsys, id)
	d.findings.sort(d.sources)
	if d.findings.Failed() {
		return nil, d.findings
	}
	return d.story, d.findings
}

// read does what Load says; the story of the draft is whole when no finding is an Error.
func read(fsys fs.FS, id string) *draft {
	d := &draft{folder: newFolder(fsys), story: &Story{ID: id}, pictures: make(map[string]bool)}
	var err error
	if d.main, err = mainFile(d.folder, id); err != nil {
		d.findings.add(Error, place{}, "a story is a folder with a file of the same name in it: "+quote(id+"/"+id+".ink"), "%v", err)
		return d
	}
	if d.program, err = d.compile(); err != nil {
		d.findings.compiled(d.main, err)
		return d
	}
	if warnings := d.program.Warnings(); len(warnings) > 0 {
		d.findings.compiled(d.main, warnings)
	}
	d.story.Program = d.program
	d.readMeta()
	d.lintTags()
	d.lintArrows()
	d.lintExternals()
	d.readPictures()
	if !d.findings.Failed() {
		d.estimate()
	}
	if !d.findings.Failed() {
		d.story.seal()
	}
	return d
}
