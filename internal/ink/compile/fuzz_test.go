package compile

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"storyteller/internal/ink/ir"
)

func compileText(text string) (*ir.Program, []Diagnostic) {
	return Compile(fstest.MapFS{"story.ink": {Data: []byte(text)}}, "story.ink")
}

// FuzzCompile feeds the compiler with anything: it must not panic, must say why it gives no program, must name places that are in the
// story, and what it gives must survive being written and read.
func FuzzCompile(f *testing.F) {
	for _, pattern := range []string{"testdata/*/*.ink", "../../../../shared/ink-proof/*/story.ink"} {
		names, _ := filepath.Glob(pattern)
		for _, name := range names {
			text, err := os.ReadFile(name)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(string(text))
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		start := time.Now()
		program, diags := compileText(text)
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("took %v for %d bytes", took, len(text))
		}
		lines := 1 + strings.Count(text, "\n")
		failed := false
		for i, d := range diags {
			failed = failed || d.Severity == Error
			if d.Line > lines || d.Line < 0 {
				t.Errorf("%v: the story has %d lines", d, lines)
			}
			if i > 0 && diags[i-1].Line > d.Line {
				t.Errorf("%v comes after %v", d, diags[i-1])
			}
		}
		if failed == (program != nil) {
			t.Errorf("program %v with %v", program != nil, diags)
		}
		if program == nil {
			return
		}
		first := program.AppendJSON(nil)
		back, err := ir.Decode(first)
		if err != nil {
			t.Fatalf("cannot be read back: %v", err)
		}
		if second := back.AppendJSON(nil); string(first) != string(second) {
			t.Errorf("changed by being read back:\n%s\n%s", first, second)
		}
	})
}

// TestLinearTime compiles texts that are hard for a parser that goes back, at one size and at ten times that size.
func TestLinearTime(t *testing.T) {
	for _, unit := range []string{
		"{", "{x ", "{\"", "{\"{x ", "(", "{(", "{a|{b|", "{x:{y:", "{\n- ", "{x:\n- {\n", "* ", "- ", "not ", "-", "{f(", "\\{", "{x:\n{\n",
		"-> a ", "# {", "\"", "[", "{&", "* {a} ", "/*", "a|", "{a -", "<- ", "->", "{a}{", "=", "== k\n", "{- x: ", "{\"a|", "{x + ",
	} {
		for _, n := range []int{1000, 20000} {
			start := time.Now()
			compileText(strings.Repeat(unit, n))
			compileText(strings.Repeat(unit, 60) + "x" + strings.Repeat("}", 60) + "\n" + strings.Repeat(unit+"\n", n/10))
			if took := time.Since(start); took > 10*time.Second {
				t.Errorf("%q %d times took %v", unit, n, took)
			}
		}
	}
}

func BenchmarkCompile(b *testing.B) {
	large, err := os.ReadFile("../testdata/large/large.ink")
	if err != nil {
		b.Fatal(err)
	}
	text := string(large)
	fsys := fs.FS(fstest.MapFS{"story.ink": {Data: []byte(text)}})
	if program, diags := Compile(fsys, "story.ink"); program == nil {
		b.Fatal(diags)
	}
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		Compile(fsys, "story.ink")
	}
}
