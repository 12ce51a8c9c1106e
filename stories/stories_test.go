package stories

import (
	"io/fs"
	"path"
	"testing"
)

func TestEveryFolderHoldsAStory(t *testing.T) {
	folders, err := fs.ReadDir(FS, ".")
	if err != nil || len(folders) == 0 {
		t.Fatalf("no stories: %v", err)
	}
	for _, folder := range folders {
		if !folder.IsDir() {
			t.Errorf("%s lies beside the stories", folder.Name())
			continue
		}
		if _, err := fs.Stat(FS, path.Join(folder.Name(), folder.Name()+".ink")); err != nil {
			t.Errorf("%s has no main file: %v", folder.Name(), err)
		}
	}
}

func TestOnlyWhatAReadingNeedsIsEmbedded(t *testing.T) {
	err := fs.WalkDir(FS, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		switch path.Ext(name) {
		case ".ink", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".md", ".txt":
		default:
			t.Errorf("%s is in the program for nothing", name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
