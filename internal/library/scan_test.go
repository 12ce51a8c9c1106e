package library

import (
	"fmt"
	"strings"
	"testing"
)

func TestWords(t *testing.T) {
	for ink, want := range map[string]int{
		"Three words here.":                       3,
		"* [Look in] It is deep":                  5,
		"* Look [in #default] again -> somewhere": 3,
		"+ (again) {a && b} Once more":            2,
		"One \\# two # three four":                3, // the escaped sign stands like a word
		"{x} apples":                              1,
		"{x > 1: many|one} apple":                 3,
		"{&red|dark blue} door":                   4,
		"{a: {b: deep|} well}":                    2,
		"{say # sad|sing #glad} it":               3,
		"-> away":                                 0,
		"over <- thread":                          1,
		"{a: -> b|stay}":                          1,
		"- (top) - Back again":                    2,
		"~ x = 1":                                 0,
		"VAR name = \"Ada\"":                      0,
		"=== knot ===":                            0,
		"// nothing here":                         0,
		"a /* not b */ c":                         2,
		"TODO: write more":                        0,
		"{\n- else: two words\n}":                 2,
	} {
		if s := scan("a.ink", []byte(ink)); s.words != want {
			t.Errorf("%q has %d words, not %d", ink, s.words, want)
		}
	}
}

func TestTagsAreFoundWhereTheyStand(t *testing.T) {
	for ink, want := range map[string]string{
		"# a: b":                     "1:1 top a=b",
		"VAR x = 1\n# a b # c":       "2:1 top a=b; 2:7 top c=",
		"Text # a":                   "1:6 line a=",
		"Text\n# a":                  "2:1 line a=",
		"=== k\n# a":                 "2:1 line a=",
		"é # a":                      "1:3 line a=",
		"* x # a [ y # b ] z # c":    "1:5 both a=; 1:13 choice b=; 1:21 line c=",
		"* {c} x # a -> b":           "1:9 both a=",
		"x \\# y":                    "",
		"x // # y":                   "",
		"x /* # y\n# z */ # a":       "2:8 line a=",
		"# a x\\#y":                  "1:1 top a=x#y",
		"{a: x # b|y # c} z":         "1:7 line b=; 1:13 line c=",
		"# Image: a.png \\| The sea": "1:1 top image=a.png | The sea",
		"x # a {b|c} d":              "1:3 line a={b|c} d",
	} {
		var got []string
		for _, tag := range scan("a.ink", []byte(ink)).tags {
			where := [...]string{"top", "line", "both", "choice"}[tag.where]
			got = append(got, fmt.Sprintf("%d:%d %s %s=%s", tag.line, tag.col, where, tag.name, tag.value))
		}
		if strings.Join(got, "; ") != want {
			t.Errorf("%q: got %q, want %q", ink, got, want)
		}
	}
}

func TestChoicesAreFoundWhereTheirTextBegins(t *testing.T) {
	for ink, want := range map[string]string{
		"* Go":                   "Go|Go",
		"** [Go] You go":         "Go|Go] You go",
		"- * Go":                 "Go|Go",
		"+ (lab) {a} {b} Go {c}": "Go |Go {c}",
		"* Go [on] there":        "Go on|Go [on] there",
		"* -> away":              "",
		"* {a} -> away":          "",
		"* [] -> away":           "",
		"* \\[Go\\]":             "[Go]|\\[Go\\]",
		"* [{a|b}]":              "a b|{a|b}]",
	} {
		got := ""
		s := scan("a.ink", []byte(ink))
		for _, c := range s.choices {
			if c.shown {
				got += c.text + "|" + s.lines[c.line-1][c.insert:]
			}
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", ink, got, want)
		}
	}
}

func TestMarksComeOffAgain(t *testing.T) {
	if n, text := unmark("\ue00017\ue001Go"); n != 17 || text != "Go" {
		t.Errorf("got %d, %q", n, text)
	}
	for _, text := range []string{"Go", "\ue001Go\ue000", "\ue000x\ue001Go"} {
		if n, rest := unmark(text); n != -1 || rest != text {
			t.Errorf("%q: got %d, %q", text, n, rest)
		}
	}
}

// FuzzLoad holds that no source, however odd, does more than be refused.
func FuzzLoad(f *testing.F) {
	f.Add("# title: A\nHello # pause 4s\n* [Go #default] {a:b|c # d} -> END\n")
	f.Add("* {a")
	f.Add("{\n- # a {b|c\\")
	f.Add("* [\ue0001\ue001x]\n- {x")
	f.Fuzz(func(t *testing.T, text string) {
		fsys := files("a.ink", text)
		story, findings := Load(fsys, "a")
		if (story == nil) != findings.Failed() {
			t.Errorf("story %v with findings %v", story, findings)
		}
		for _, finding := range findings {
			if finding.Msg == "" || finding.Line < 0 {
				t.Errorf("finding %+v", finding)
			}
		}
	})
}
