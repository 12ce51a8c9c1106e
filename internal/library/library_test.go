package library

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
)

func ids(stories []*Story) string {
	var list []string
	for _, s := range stories {
		list = append(list, s.ID)
	}
	return strings.Join(list, " ")
}

// tale is the source of a story with a title.
func tale(title string) string {
	return "# title: " + title + "\nHello. # ending: One\n-> END\n"
}

func report(problems []Problem) string {
	var b strings.Builder
	for _, p := range problems {
		for _, f := range p.Findings {
			fmt.Fprintf(&b, "%s/%s: %s\n", p.Source, p.ID, f)
		}
	}
	return b.String()
}

func TestTheLibraryHasTheStoriesOfAllSources(t *testing.T) {
	l := New(
		Source{"own", files("tea/tea.ink", tale("Tea"), "well/main.ink", tale("A Well"), "stories.go", "package x", "_draft/x.ink", "{", ".git/x.ink", "{")},
		Source{"more", files("elm/elm.ink", "# author: Ann\n"+tale("Élm"))},
	)
	if got := ids(l.All()); got != "" {
		t.Errorf("before a reload it has %s", got)
	}
	if problems := l.Reload(context.Background()); len(problems) > 0 {
		t.Error(report(problems))
	}
	if got := ids(l.All()); got != "well elm tea" {
		t.Errorf("by title: %s", got)
	}
	if s, ok := l.Story("elm"); !ok || s.Meta.Title != "Élm" {
		t.Errorf("elm is %v", s)
	}
	if _, ok := l.Story("draft"); ok {
		t.Error("a story that is not there was found")
	}
}

func TestAStoryWithErrorsIsLeftOutAndReported(t *testing.T) {
	l := New(Source{"own", files("tea/tea.ink", tale("Tea"), "bad/bad.ink", "# title: Bad\n-> nowhere\n", "Odd Name/x.ink", tale("Odd"), "empty/readme.md", "")})
	got := report(l.Reload(context.Background()))
	for _, want := range []string{
		"own/bad: bad.ink:2:4: error: ", "own/: Odd Name: error: the folder cannot be a story's name", "own/empty: error: there is no ink file in the folder",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if got := ids(l.All()); got != "tea" {
		t.Errorf("it has %s", got)
	}
}

func TestAStoryCannotTakeThePlaceOfAnother(t *testing.T) {
	for name, first := range map[string]string{"a good one": tale("First"), "a broken one": "{"} {
		l := New(Source{"own", files("tea/tea.ink", first)}, Source{"guest", files("tea/tea.ink", tale("Second"))})
		got := report(l.Reload(context.Background()))
		if want := `guest/tea: error: own has a story "tea" already; this one is left out`; !strings.Contains(got, want) {
			t.Errorf("%s: no %q in\n%s", name, want, got)
		}
		if s, ok := l.Story("tea"); ok && s.Meta.Title != "First" {
			t.Errorf("%s: the second took its place", name)
		}
	}
}

func TestAReloadChangesNothingForThoseWhoHaveTheStory(t *testing.T) {
	fsys := files("tea/tea.ink", tale("Tea"))
	l := New(Source{"own", fsys})
	l.Reload(context.Background())
	old, _ := l.Story("tea")
	all, hash := l.All(), old.Hash

	fsys["tea/tea.ink"] = &fstest.MapFile{Data: []byte(tale("Coffee"))}
	l.Reload(context.Background())
	if now, _ := l.Story("tea"); now.Meta.Title != "Coffee" || now.Hash == hash {
		t.Errorf("the library still has %+v", now.Meta)
	}
	if old.Meta.Title != "Tea" || old.Hash != hash || all[0] != old {
		t.Error("the story that was handed out has changed")
	}

	delete(fsys, "tea/tea.ink")
	l.Reload(context.Background())
	if got := ids(l.All()); got != "" {
		t.Errorf("after it was removed: %s", got)
	}
}

func TestAReloadThatIsBrokenOffLeavesTheLibraryAsItIs(t *testing.T) {
	fsys := files("tea/tea.ink", tale("Tea"))
	l := New(Source{"own", fsys})
	l.Reload(context.Background())
	delete(fsys, "tea/tea.ink")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if got := report(l.Reload(ctx)); !strings.Contains(got, "not read to the end") {
		t.Errorf("got %s", got)
	}
	if got := ids(l.All()); got != "tea" {
		t.Errorf("it has %q", got)
	}
}

func TestASourceThatIsNotThereIsReported(t *testing.T) {
	l := New(Source{"gone", missing{}}, Source{"own", files("tea/tea.ink", tale("Tea"))})
	if got := report(l.Reload(context.Background())); !strings.Contains(got, "gone/: error: the folder of stories cannot be read: file does not exist") {
		t.Errorf("got %s", got)
	}
	if got := ids(l.All()); got != "tea" {
		t.Errorf("it has %q", got)
	}
}

func TestTheLibraryIsSafeForConcurrentUse(t *testing.T) {
	l := New(Source{"own", files("tea/tea.ink", tale("Tea"), "well/well.ink", tale("Well"))})
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for range 5 {
				l.Reload(context.Background())
			}
		})
		group.Go(func() {
			for range 50 {
				if n := len(l.All()); n != 0 && n != 2 {
					t.Errorf("half a library: %d", n)
				}
				l.Match("t", 5)
				if s, ok := l.Story("tea"); ok {
					s.Bundle()
				}
			}
		})
	}
	group.Wait()
}

func TestMatch(t *testing.T) {
	l := New(Source{"own", files(
		"tea/tea.ink", "# author: Zoë Brown\n"+tale("The Long Tea"),
		"elm/elm.ink", "# author: Ann\n"+tale("Élan"),
		"last-dance/main.ink", "# author: Teal\n"+tale("Last Dance"),
		"steam/main.ink", tale("Steam"),
	)})
	if problems := l.Reload(context.Background()); len(problems) > 0 {
		t.Fatal(report(problems))
	}
	for _, test := range []struct {
		typed string
		n     int
		want  string
	}{
		{"", 25, "elm last-dance steam tea"},
		{"", 2, "elm last-dance"},
		{"tea", 25, "last-dance tea steam"}, // by author, by id, within
		{"TEA ", 1, "last-dance"},
		{"elan", 25, "elm"},
		{"É", 25, "elm last-dance steam tea"},
		{"dance", 25, "last-dance"},
		{"zoe  b", 25, "tea"},
		{"xyz", 25, ""},
		{"tea", 0, ""},
		{"tea", -1, ""},
	} {
		if got := ids(l.Match(test.typed, test.n)); got != test.want {
			t.Errorf("Match(%q, %d) = %q, want %q", test.typed, test.n, got, test.want)
		}
	}
}
