package library

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// diskFolder makes stories/tea with a link called link.ink, beside a secret.
func diskFolder(t *testing.T, target string) string {
	t.Helper()
	root := t.TempDir()
	tea := filepath.Join(root, "stories", "tea")
	if err := os.MkdirAll(filepath.Join(tea, "data"), 0o755); err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(root, "secret.ink"), "A secret.\n")
	writeFile(t, filepath.Join(tea, "data", "inside.ink"), "Inside.\n")
	writeFile(t, filepath.Join(tea, "tea.ink"), "# title: Tea\nINCLUDE link.ink\nThe end. # ending: One\n-> END\n")
	if target == "absolute" {
		target = filepath.Join(root, "secret.ink")
	}
	if err := os.Symlink(target, filepath.Join(tea, "link.ink")); err != nil {
		t.Skipf("no symbolic links here: %v", err)
	}
	return tea
}

func TestLinksStayWithinTheFolder(t *testing.T) {
	for _, test := range []struct {
		target, problem string
	}{
		{"data/inside.ink", ""},
		{"data/../data/./inside.ink", ""},
		{"../../secret.ink", "out of the story's folder"},
		{"data/../../../secret.ink", "out of the story's folder"},
		{"absolute", "out of the story's folder"},
		{"link.ink", "too many links"},
		{"gone.ink", "no file"},
		{"data", ""},
	} {
		t.Run(test.target, func(t *testing.T) {
			tea := diskFolder(t, test.target)
			root, err := os.OpenRoot(tea)
			if err != nil {
				t.Fatal(err)
			}
			defer root.Close()
			for name, load := range map[string]func() (*Story, Findings){
				"plain":  func() (*Story, Findings) { return Load(os.DirFS(tea), "tea") },
				"rooted": func() (*Story, Findings) { return Load(root.FS(), "tea") },
			} {
				story, findings := load()
				switch {
				case test.target == "data":
					if story != nil {
						t.Errorf("%s: a folder was included", name)
					}
				case test.problem == "":
					if story == nil || !strings.Contains(string(story.Program.JSON()), "Inside.") {
						t.Errorf("%s: not loaded: %v", name, findings)
					}
				case story != nil || len(findings) != 1 || !strings.Contains(findings[0].Msg, test.problem):
					t.Errorf("%s: want a finding with %q, got %v", name, test.problem, findings)
				}
				for _, f := range findings {
					if strings.Contains(f.String(), filepath.Dir(tea)) {
						t.Errorf("%s: it tells where the folder is: %s", name, f)
					}
				}
			}
		})
	}
}

func TestALinkedPictureStaysWithinTheFolder(t *testing.T) {
	tea := diskFolder(t, "data/inside.ink")
	writeFile(t, filepath.Join(tea, "..", "..", "secret.png"), magic[".png"])
	if err := os.Symlink("../../secret.png", filepath.Join(tea, "cat.png")); err != nil {
		t.Skip(err)
	}
	writeFile(t, filepath.Join(tea, "tea.ink"), "# title: Tea\nHello. # image: cat.png \\| A cat # ending: One\n-> END\n")
	story, findings := Load(os.DirFS(tea), "tea")
	if story != nil || len(findings) != 1 || !strings.Contains(findings[0].Msg, "out of the story's folder") {
		t.Errorf("got %v, %v", story, findings)
	}
}

func TestTooMuchSourceIsRefused(t *testing.T) {
	line := strings.Repeat("word ", 200) + "\n"
	part := strings.Repeat(line, MaxSourceBytes/2/len(line)+1)
	story, findings := Load(files("a.ink", "INCLUDE b.ink\nINCLUDE c.ink\n", "b.ink", part, "c.ink", part), "a")
	if story != nil || len(findings) != 1 || !strings.Contains(findings[0].Msg, "too large: the source of a story may have 4 MiB") {
		t.Errorf("got %v", findings)
	}
}

func TestTooLargePicturesAreRefused(t *testing.T) {
	big := magic[".png"] + strings.Repeat("x", MaxPictureBytes)
	story, findings := Load(files("a.ink", "# title: A\nOh. # image: big.png \\| Big\n-> END\n", "big.png", big), "a")
	if story != nil || len(findings) != 1 || !strings.Contains(findings[0].String(), `a.ink:2:5: error: the picture "big.png" is too large`) {
		t.Errorf("got %v", findings)
	}
}

func TestTheMainFile(t *testing.T) {
	const end = "The end.\n-> END\n"
	for _, test := range []struct {
		name, want string
		files      []string
	}{
		{"the folder's name", "tea.ink", []string{"tea.ink", end, "main.ink", end, "other.ink", end}},
		{"main", "main.ink", []string{"main.ink", end, "other.ink", end}},
		{"the one that is not included", "a.ink", []string{"a.ink", "INCLUDE b.ink\n// INCLUDE a.ink\n", "b.ink", end}},
		{"none", "no ink file", nil},
		{"several", "a.ink, b.ink", []string{"a.ink", end, "b.ink", end}},
		{"a circle", "every ink file is included by another", []string{"a.ink", "INCLUDE b.ink\n", "b.ink", "INCLUDE a.ink\n"}},
	} {
		name, err := mainFile(newFolder(files(test.files...)), "tea")
		if err != nil {
			name = err.Error()
		}
		if !strings.Contains(name, test.want) {
			t.Errorf("%s: got %s", test.name, name)
		}
	}
}
