package library

import (
	"flag"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite the files with what comes out")

// magic is how files of a type begin.
var magic = map[string]string{
	".png": "\x89PNG\r\n\x1a\n", ".jpg": "\xff\xd8\xff\xe0", ".gif": "GIF89a", ".webp": "RIFF\x00\x00\x00\x00WEBP",
}

// folderOf makes a story's folder of an archive. In it, a picture is "(picture)", LONG is a text of 301 characters,
// and WIDE one of 278.
func folderOf(a *txtar.Archive) fstest.MapFS {
	fsys := make(fstest.MapFS)
	for _, f := range a.Files {
		data := string(f.Data)
		if data == "(picture)\n" {
			data = magic[path.Ext(f.Name)] + " and so on"
		}
		data = strings.ReplaceAll(data, "LONG", strings.Repeat("o", 301))
		data = strings.ReplaceAll(data, "WIDE", strings.Repeat("w", 278))
		if f.Name != "findings" {
			fsys[f.Name] = &fstest.MapFile{Data: []byte(data), Mode: 0o444}
		}
	}
	return fsys
}

// said writes findings the way the archives hold them: at the end of the line they are about, or else in "findings".
func said(f Finding) string {
	text := fmt.Sprintf("%s: %s", f.Severity, f.Msg)
	switch {
	case f.Col > 0:
		text = fmt.Sprintf("%d:%d %s", f.Line, f.Col, text)
	case f.Line > 0:
		text = fmt.Sprintf("%d %s", f.Line, text)
	default:
		text = f.File + ": " + text
	}
	if f.Hint != "" {
		text += " | " + f.Hint
	}
	return text
}

// TestCheck holds what Check says against the stories in testdata/check: each finding stands on the line it is about,
// behind "//!", and those without a line in the file "findings".
func TestCheck(t *testing.T) {
	files, err := filepath.Glob("testdata/check/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no stories: %v", err)
	}
	for _, file := range files {
		id := strings.TrimSuffix(filepath.Base(file), ".txtar")
		t.Run(id, func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			before := string(txtar.Format(archive))
			_, findings := Check(folderOf(archive), id)
			annotate(archive, findings)
			after := string(txtar.Format(archive))
			if *update {
				writeFile(t, file, after)
				return
			}
			if before != after {
				t.Errorf("got:\n%s", changed(before, after))
			}
		})
	}
}

// annotate puts findings in the place of those the archive has.
func annotate(a *txtar.Archive, findings Findings) {
	var loose []string
	for i, f := range a.Files {
		lines := strings.Split(string(f.Data), "\n")
		for n := range lines {
			lines[n], _, _ = strings.Cut(lines[n], " //! ")
			for _, finding := range findings {
				if finding.File == f.Name && finding.Line == n+1 {
					lines[n] += " //! " + said(finding)
				}
			}
		}
		a.Files[i].Data = []byte(strings.Join(lines, "\n"))
	}
	for _, finding := range findings {
		if finding.Line == 0 {
			loose = append(loose, said(finding)+"\n")
		}
	}
	a.Files = slices.DeleteFunc(a.Files, func(f txtar.File) bool { return f.Name == "findings" })
	a.Files = append(a.Files, txtar.File{Name: "findings", Data: []byte(strings.Join(loose, ""))})
}

// changed shows the lines that differ.
func changed(before, after string) string {
	var b strings.Builder
	old, now := strings.Split(before, "\n"), strings.Split(after, "\n")
	for i := range max(len(old), len(now)) {
		was, is := "", ""
		if i < len(old) {
			was = old[i]
		}
		if i < len(now) {
			is = now[i]
		}
		if was != is {
			fmt.Fprintf(&b, "- %s\n+ %s\n", was, is)
		}
	}
	return b.String()
}

func TestLoadFindsWhatNeedsNoPlaying(t *testing.T) {
	for _, test := range []struct{ file, want string }{
		{"tags", "tags.ink:11:6: error: tag \"pause\""},
		{"pictures", "pictures.ink:2:1: error: the picture \"gone.png\" is missing"},
		{"externals", "externals.ink:3:1: error: the external function \"lead\""},
	} {
		archive, err := txtar.ParseFile("testdata/check/" + test.file + ".txtar")
		if err != nil {
			t.Fatal(err)
		}
		story, findings := Load(folderOf(archive), test.file)
		if story != nil {
			t.Errorf("%s: a story with errors was loaded", test.file)
		}
		if !slices.ContainsFunc(findings, func(f Finding) bool { return strings.HasPrefix(f.String(), test.want) }) {
			t.Errorf("%s: no finding begins with %s: %v", test.file, test.want, findings)
		}
	}
}

func TestAStoryIsTheSameEveryTimeItIsChecked(t *testing.T) {
	for _, name := range []string{"ways", "forks"} {
		archive, err := txtar.ParseFile("testdata/check/" + name + ".txtar")
		if err != nil {
			t.Fatal(err)
		}
		var fsys fs.FS = folderOf(archive)
		_, a := Check(fsys, name)
		if _, b := Check(fsys, name); !slices.Equal(a, b) {
			t.Errorf("%s: two checks differ:\n%v\n%v", name, a, b)
		}
	}
}
