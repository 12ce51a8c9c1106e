package library

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"os"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"storyteller/internal/cue"
)

// wellFolder is a story with everything that a bundle holds.
func wellFolder() fstest.MapFS {
	return files(
		"well.ink", `# title: The Well
# author: Nobody
# color: 7a2e2e
# pace: 1.5
# vote: 90s
# cover: well.png \| A well
You stand at a well. # image: deep/water.gif \| Water
* [Look in #default] It is deep. # ending: Deep
* [Leave] You leave. # ending: Gone
- -> END
`,
		"well.png", magic[".png"]+"1", "deep/water.gif", magic[".gif"]+"2",
	)
}

func mustLoad(t *testing.T, fsys fstest.MapFS, id string) *Story {
	t.Helper()
	story, findings := Load(fsys, id)
	if story == nil {
		t.Fatalf("not loaded: %v", findings)
	}
	return story
}

func TestABundleBringsBackTheStory(t *testing.T) {
	story := mustLoad(t, wellFolder(), "well")
	back, err := OpenBundle(story.Bundle())
	if err != nil {
		t.Fatal(err)
	}
	if back.ID != "well" || back.Hash != story.Hash || !reflect.DeepEqual(back.Meta, story.Meta) {
		t.Errorf("came back as %+v, was %+v", back, story)
	}
	if !reflect.DeepEqual(back.Pictures, story.Pictures) || len(back.Pictures) != 2 {
		t.Errorf("pictures came back as %q", back.Pictures)
	}
	if !bytes.Equal(back.Bundle(), story.Bundle()) || back.Program.Hash() != story.Program.Hash() {
		t.Error("a bundle of the story that came back is another")
	}
	// A state saved by the one is loaded by the other.
	if _, err := back.Program.Load(story.Program.New(7).Save()); err != nil {
		t.Error(err)
	}
}

func TestTheSameStoryHasTheSameHash(t *testing.T) {
	a, b := mustLoad(t, wellFolder(), "well"), mustLoad(t, wellFolder(), "well")
	if a.Hash != b.Hash || len(a.Hash) != 64 || strings.ToLower(a.Hash) != a.Hash {
		t.Errorf("hashes %q and %q", a.Hash, b.Hash)
	}
	folder := wellFolder()
	folder["well.png"] = &fstest.MapFile{Data: []byte(magic[".png"] + "3")}
	if c := mustLoad(t, folder, "well"); c.Hash == a.Hash {
		t.Error("another picture, the same hash")
	}
}

func TestNoDamageToABundleGoesUnnoticed(t *testing.T) {
	good := mustLoad(t, wellFolder(), "well").Bundle()
	for i := 0; i < len(good); i += 7 {
		bad := bytes.Clone(good)
		bad[i] ^= 0x10
		if _, err := OpenBundle(bad); err == nil {
			t.Fatalf("a flipped bit at %d was not noticed", i)
		}
		if _, err := OpenBundle(good[:i]); !errors.Is(err, errDamaged) {
			t.Fatalf("cut at %d: %v", i, err)
		}
	}
	if _, err := OpenBundle(append(bytes.Clone(good), 0)); !errors.Is(err, errDamaged) {
		t.Errorf("a byte too many: %v", err)
	}
}

func TestABundleOfALaterVersionIsRefusedByName(t *testing.T) {
	b := bytes.Clone(mustLoad(t, wellFolder(), "well").Bundle())
	b[len(bundleMagic)] = 9
	_, err := OpenBundle(b)
	if err == nil || !strings.Contains(err.Error(), "version 9") {
		t.Errorf("got %v", err)
	}
}

// TestBundlesOfVersion1CanBeRead holds what was released: readings of it may be running. Never rewrite the file; when
// the format changes, add another.
func TestBundlesOfVersion1CanBeRead(t *testing.T) {
	const file = "testdata/bundle/1.bundle"
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	story, err := OpenBundle(b)
	if err != nil {
		t.Fatal(err)
	}
	want := Meta{
		Title: "The Well", Author: "Nobody", Color: 0x7a2e2e, Pace: 1.5, Vote: 90 * time.Second, Cover: cue.Picture{File: "well.png", Alt: "A well"},
		Endings: []string{"Deep", "Gone"}, Words: 13, Minutes: 1, Votes: 1,
	}
	if story.ID != "well" || !reflect.DeepEqual(story.Meta, want) || string(story.Pictures["deep/water.gif"]) != magic[".gif"]+"2" {
		t.Errorf("read as %+v", story)
	}
	s := story.Program.New(1)
	line, err := s.Continue()
	if err != nil || line.Text != "You stand at a well." {
		t.Errorf("it begins with %q, %v", line.Text, err)
	}
}

func FuzzOpenBundle(f *testing.F) {
	story, _ := Load(wellFolder(), "well")
	f.Add(story.Bundle()[len(bundleMagic)+1 : len(story.Bundle())-sha256.Size])
	f.Add([]byte("\x04meta\x02{}"))
	f.Fuzz(func(t *testing.T, sections []byte) {
		// With a right head and checksum, so that what lies between is looked at.
		b := append(append([]byte(bundleMagic), bundleVersion), sections...)
		sum := sha256.Sum256(b)
		story, err := OpenBundle(append(b, sum[:]...))
		if (story == nil) == (err == nil) {
			t.Errorf("story %v, error %v", story, err)
		}
	})
}
