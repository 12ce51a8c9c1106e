package store

import (
	"os"
	"path/filepath"
	"sync"
	"testing"
)

// A new file has its name from the moment at which it is whole, whoever makes it at the same time or was stopped in the
// middle of it before, and nothing is left of what it was made from.
func TestANewFileIsWhole(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "bot.db")
	if err := os.WriteFile(path+".new", []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			if err := create(path, Options{}); err != nil && absent(path) {
				t.Error(err)
			}
		})
	}
	for range 10_000 {
		if info, err := os.Stat(path); err == nil && info.Size() == 0 {
			t.Error("it has its name before it is whole")
		}
	}
	wait.Wait()
	s, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if left, _ := os.ReadDir(dir); len(left) != 1 {
		t.Errorf("%d files are in the folder: %v", len(left), left)
	}
}
