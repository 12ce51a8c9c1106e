package library

import (
	"io/fs"
	"os"
	"testing"
	"testing/fstest"
)

func writeFile(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// files makes a folder of names and texts.
func files(list ...string) fstest.MapFS {
	fsys := make(fstest.MapFS)
	for i := 0; i+1 < len(list); i += 2 {
		fsys[list[i]] = &fstest.MapFile{Data: []byte(list[i+1]), Mode: 0o444}
	}
	return fsys
}

// missing is a folder that is not there.
type missing struct{}

func (missing) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: "/srv/stories", Err: fs.ErrNotExist}
}
