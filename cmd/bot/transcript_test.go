package main

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "write what came out into the transcripts")

// Every transcript is a story, a script of what people do and when, and the channel as it must come out. It runs the
// whole bot, the real discordgo included, against a Discord of its own in virtual time: an hour's reading takes
// milliseconds. -update rewrites what is expected; the diff is to be read.
func TestReadings(t *testing.T) {
	files, err := filepath.Glob("testdata/readings/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no transcripts: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			parts := map[string]string{}
			for _, f := range archive.Files {
				parts[f.Name] = string(f.Data)
			}
			var got string
			dir := t.TempDir()
			if faults, many := parts["faults"]; many {
				got = everyFault(t, dir, stage(archive), parts["script"], faults)
			} else {
				synctest.Test(t, func(t *testing.T) {
					got = perform(t, filepath.Join(dir, "test.db"), stage(archive), parts["script"])
				})
			}
			if *update {
				setFile(archive, "channel", got)
				if err := os.WriteFile(file, txtar.Format(archive), 0o666); err != nil {
					t.Fatal(err)
				}
				return
			}
			if want := parts["channel"]; got != want {
				t.Errorf("the channel came out otherwise (go test -update writes it):\n%s", firstDifference(want, got))
			}
		})
	}
	t.Run("as Discord describes it", func(t *testing.T) { wasHeard(t) })
}

// stage is the folder of stories of a transcript: its files whose names have a slash. Pictures are made here.
func stage(a *txtar.Archive) fstest.MapFS {
	files := fstest.MapFS{}
	for _, f := range a.Files {
		if strings.HasSuffix(f.Name, ".png") {
			f.Data = picture()
		}
		if strings.Contains(f.Name, "/") {
			files[f.Name] = &fstest.MapFile{Data: f.Data, ModTime: time.Unix(0, 0)}
		}
	}
	return files
}

func setFile(a *txtar.Archive, name, text string) {
	for i := range a.Files {
		if a.Files[i].Name == name {
			a.Files[i].Data = []byte(text)
			return
		}
	}
	a.Files = append(a.Files, txtar.File{Name: name, Data: []byte(text)})
}

// firstDifference shows where two texts part, with what leads up to it.
func firstDifference(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range max(len(w), len(g)) {
		var a, b string
		if i < len(w) {
			a = w[i]
		}
		if i < len(g) {
			b = g[i]
		}
		if a != b || i >= len(w) || i >= len(g) {
			return strings.Join(g[max(0, i-6):min(i, len(g))], "\n") + "\nwant: " + a + "\ngot:  " + b
		}
	}
	return "nothing"
}

// perform runs a script and returns the channel.
func perform(t *testing.T, db string, stories fstest.MapFS, script string) string {
	r := newRoom(t, db, stories)
	defer r.close()
	for n, line := range strings.Split(script, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if err := r.do(line); err != nil {
			t.Fatalf("script line %d: %s: %v", n+1, line, err)
		}
	}
	time.Sleep(aWhile)
	r.settle()
	for _, violation := range r.fake.Violations() {
		t.Errorf("Discord found fault with a request: %s", violation)
	}
	return r.written()
}
