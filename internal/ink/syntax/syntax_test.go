package syntax

import (
	"fmt"
	"strings"
	"testing"
)

func parse(t *testing.T, text string) (*Set, *File, []Diagnostic) {
	t.Helper()
	set := &Set{}
	src, ok := set.Add("story.ink", text)
	if !ok {
		t.Fatal("too large")
	}
	file, diags, _ := Parse(src)
	return set, file, diags
}

func TestPlacesCountCharactersOfTheTextAsWritten(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"ab }", "1:4"},
		{"été }", "1:5"},
		{"a /* cut */ }", "1:13"},
		{"a /* cut\nover lines */ }", "2:15"},
		{"one\r\ntwo }\r\n", "2:5"},
		{"\ufeffab }", "1:4"},
		{"// only a comment\n/* é */ x }", "2:11"},
	} {
		set, _, diags := parse(t, c.text)
		if len(diags) != 1 {
			t.Errorf("%q: %v", c.text, diags)
			continue
		}
		p := set.Position(diags[0].Pos)
		if got := fmt.Sprintf("%d:%d", p.Line, p.Col); got != c.want {
			t.Errorf("%q: told of %s, want %s", c.text, got, c.want)
		}
		if _, line := set.Line(diags[0].Pos); line != p.Line {
			t.Errorf("%q: line %d, want %d", c.text, line, p.Line)
		}
	}
}

func TestPlacesAreTheirFiles(t *testing.T) {
	set := &Set{}
	for _, name := range []string{"a.ink", "b.ink", "empty.ink", "c.ink"} {
		text := "x\n{\n"
		if name == "empty.ink" {
			text = ""
		}
		src, _ := set.Add(name, text)
		_, diags, _ := Parse(src)
		for _, d := range diags {
			if p := set.Position(d.Pos); p.File != name || p.Line != 2 || p.Col != 1 {
				t.Errorf("%s: told of %+v", name, p)
			}
		}
	}
	if p := set.Position(0); p != (Position{}) {
		t.Errorf("no place is %+v", p)
	}
}

func TestNames(t *testing.T) {
	isName := func(s string) bool { return s != "" && nameEnd(s, 0) == len(s) }
	for _, name := range []string{"x", "_", "2nd", "été", "имя", "名前", "ひらカナ", "한국", "שם", "اسم", "όνομα", "Ա1"} {
		if !isName(name) {
			t.Errorf("%q must be a name", name)
		}
	}
	for _, name := range []string{"", "12", "a b", "a-b", "x.y", "🐈", "ไทย", "\xff", "·"[:1]} {
		if isName(name) {
			t.Errorf("%q must not be a name", name)
		}
	}
}

// TestPrecedence spells out how operators bind.
func TestPrecedence(t *testing.T) {
	for text, want := range map[string]string{
		"a - b + c":           "((a - b) + c)",
		"a + b - c":           "(a + (b - c))",
		"a * b / c":           "(a * (b / c))",
		"a / b % c mod d":     "(a / ((b % c) % d))",
		"a or b and c":        "((a || b) && c)",
		"a == b has c":        "(a == (b ? c))",
		"not a && !b":         "(!a && !b)",
		"-a ^ b":              "(-a ^ b)",
		"a hasnt b != c !? d": "((a !? b) != (c !? d))",
		"x <-1":               "(x < -1)",
		"f(a, b + 1) >= 2":    "(f(a, (b + 1)) >= 2)",
	} {
		_, file, diags := parse(t, "~ x = "+text+"\n")
		if len(diags) > 0 {
			t.Errorf("%q: %v", text, diags)
			continue
		}
		if got := spell(file.Body[0].(*Assign).X); got != want {
			t.Errorf("%q is read as %s, want %s", text, got, want)
		}
	}
}

func spell(x Expr) string {
	switch x := x.(type) {
	case *Int:
		return fmt.Sprint(x.Value)
	case *Ref:
		return x.Path[0].Name
	case *Unary:
		return string(x.Op) + spell(x.X)
	case *Binary:
		return "(" + spell(x.X) + " " + x.Op + " " + spell(x.Y) + ")"
	case *Call:
		var args []string
		for _, a := range x.Args {
			args = append(args, spell(a))
		}
		return x.Name.Name + "(" + strings.Join(args, ", ") + ")"
	}
	return fmt.Sprintf("%T", x)
}

// TestBraces shows what braces are taken for.
func TestBraces(t *testing.T) {
	for text, want := range map[string]string{
		"{x}":                    "*syntax.Output",
		"{x: a}":                 "*syntax.Conditional",
		"{x > 3 and y: a|b}":     "*syntax.Conditional",
		"{a|b}":                  "*syntax.Sequence",
		"{he said: a|b}":         "*syntax.Sequence",
		"{Well - |Yes}":          "*syntax.Sequence",
		"{a || b}":               "*syntax.Sequence",
		"{&a}":                   "*syntax.Sequence",
		"{once: a}":              "*syntax.Sequence",
		"{once}":                 "*syntax.Output",
		"{\"a {x: b|c} d\"}":     "*syntax.Output",
		"{\"a {x} b\" == y: c}":  "*syntax.Conditional",
		"{-> a|-> b}":            "*syntax.Sequence",
		"{\n- x: a\n}":           "*syntax.Conditional",
		"{x:\n- 1: a\n}":         "*syntax.Conditional",
		"{stopping:\n- a\n}":     "*syntax.Sequence",
		"{(he waits)|(he goes)}": "*syntax.Sequence",
	} {
		_, file, diags := parse(t, "- "+text+"\n")
		if len(diags) > 0 {
			t.Errorf("%q: %v", text, diags)
			continue
		}
		if got := fmt.Sprintf("%T", file.Body[1]); got != want {
			t.Errorf("%q is read as %s, want %s", text, got, want)
		}
	}
}

func TestReadingGoesOnAfterAnError(t *testing.T) {
	_, file, diags := parse(t, strings.Join([]string{
		"{x", "{y: a|b|c}", "=== k(", "text }", "{", "- x: fine", "- y + : not", "}", "* a [b", "=== l", "-> END", "",
	}, "\n"))
	if len(diags) != 6 {
		t.Errorf("told of %d errors, want 6: %v", len(diags), diags)
	}
	names := ""
	for _, n := range file.Body {
		if f, ok := n.(*Flow); ok {
			names += f.Name.Name + " "
		}
	}
	if names != "k l " {
		t.Errorf("found the knots %q", names)
	}
}
