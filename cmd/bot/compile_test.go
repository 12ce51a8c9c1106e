package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const teaStory = "# title: Tea\nThe kettle sings.\n* [Pour] You pour. # ending: One\n* [Wait] You wait.\n- -> END\n"

// storyFile writes a story into a folder of its own.
func storyFile(t *testing.T, source string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "tea.ink")
	if err := os.WriteFile(name, []byte(source), 0o644); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestWhatIsCompiledPlaysAsItsSourceDoes(t *testing.T) {
	name := storyFile(t, teaStory)
	folder := filepath.Dir(name)
	for _, test := range []struct {
		args []string
		file string
	}{
		{[]string{name}, name + ".json"},
		{[]string{name, "-o", filepath.Join(folder, "after.ink.json")}, filepath.Join(folder, "after.ink.json")},
		{[]string{"-o", filepath.Join(folder, "before.ink.json"), name}, filepath.Join(folder, "before.ink.json")},
	} {
		var out, errw bytes.Buffer
		if status := compile(test.args, &out, &errw); status != statusDone || out.Len() > 0 || errw.Len() > 0 {
			t.Fatalf("%q: status %d, %q, %q", test.args, status, out.String(), errw.String())
		}
		var transcripts [2]bytes.Buffer
		for i, played := range []string{name, test.file} {
			if status := play([]string{played}, strings.NewReader("2\n"), &transcripts[i], &errw); status != statusDone {
				t.Fatalf("%s: status %d: %s", played, status, errw.String())
			}
		}
		if a, b := transcripts[0].String(), transcripts[1].String(); a != b || !strings.Contains(a, "You wait.") {
			t.Errorf("%q: the source plays as\n%s\nand what was compiled as\n%s", test.args, a, b)
		}
	}
	left, err := filepath.Glob(filepath.Join(folder, ".*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %q, %v", left, err)
	}
}

func TestCompileWritesToTheOutput(t *testing.T) {
	var out, errw bytes.Buffer
	status := compile([]string{"-o", "-", storyFile(t, teaStory)}, &out, &errw)
	if status != statusDone || !strings.HasPrefix(out.String(), `{"inkVersion":21,`) || !strings.HasSuffix(out.String(), "}\n") {
		t.Errorf("status %d, %.60q, %s", status, out.String(), errw.String())
	}
}

func TestCompileRefuses(t *testing.T) {
	good, bad := storyFile(t, teaStory), storyFile(t, "-> nowhere\n")
	for _, test := range []struct {
		args   []string
		status int
		want   string
	}{
		{[]string{bad}, statusFault, "tea.ink:1:4: error: "},
		{[]string{good, "-o", filepath.Join(t.TempDir(), "none", "x.json")}, statusFault, "cannot write"},
		{nil, statusUsage, "one file to compile, not 0"},
		{[]string{good, bad}, statusUsage, "one file to compile, not 2"},
		{[]string{"-x", good}, statusUsage, "-x"},
		{[]string{"tea.json"}, statusUsage, "no ink source"},
		{[]string{"none.ink"}, statusUsage, "there is no file none.ink"},
	} {
		var out, errw bytes.Buffer
		if status := compile(test.args, &out, &errw); status != test.status || !strings.Contains(errw.String(), test.want) {
			t.Errorf("%q: status %d, %q; want %d and %q", test.args, status, errw.String(), test.status, test.want)
		}
	}
	if _, err := os.Stat(bad + ".json"); err == nil {
		t.Error("a story with an error was written")
	}
}
