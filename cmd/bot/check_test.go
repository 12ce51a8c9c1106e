package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"storyteller/internal/library"
	"storyteller/stories"
)

func TestCheckEndsWithAStatus(t *testing.T) {
	folder := t.TempDir()
	good, bad := filepath.Join(folder, "good.ink"), filepath.Join(folder, "bad.ink")
	for name, text := range map[string]string{good: "# title: Good\nHello. # ending: One\n-> END\n", bad: "# title: Bad\n-> nowhere\n"} {
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, test := range []struct {
		args []string
		want int
	}{
		{[]string{good}, 0},
		{[]string{good, bad}, 1},
		{nil, 2},
		{[]string{"--loud"}, 2},
		{[]string{filepath.Join(folder, "nowhere")}, 2},
		{[]string{good, filepath.Join(folder, "nowhere")}, 2},
		{[]string{"-h"}, 0},
	} {
		var out, errs bytes.Buffer
		if got := check(test.args, &out, &errs); got != test.want {
			t.Errorf("check %q ends with %d, want %d\n%s%s", test.args, got, test.want, &out, &errs)
		}
	}
}

func TestPathsWithOddCharactersAreChecked(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "a[b]*c")
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Skip(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "tea.ink"), []byte("# title: Tea\nHello. # ending: One\n-> END\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	if got := check([]string{folder}, &out, &errs); got != 0 {
		t.Errorf("status %d\n%s%s", got, &out, &errs)
	}
}

func TestTheBotsOwnStoriesHaveNothingWrong(t *testing.T) {
	ids, findings := library.Folders(stories.FS)
	if len(ids) == 0 || len(findings) > 0 {
		t.Fatalf("stories %v, findings %v", ids, findings)
	}
	for _, id := range ids {
		folder, err := fs.Sub(stories.FS, id)
		if err != nil {
			t.Fatal(err)
		}
		story, findings := library.Check(folder, id)
		for _, f := range findings {
			t.Errorf("%s/%s", id, f)
		}
		if story != nil && (story.Meta.Minutes == 0 || story.Meta.Cover.Alt == "" || len(story.Pictures[story.Meta.Cover.File]) == 0) {
			t.Errorf("%s has no length or no cover: %+v", id, story.Meta)
		}
	}
}
