package ink

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// compiled compiles a story given as source.
func compiled(t testing.TB, source string) *Program {
	t.Helper()
	p, err := Compile(fstest.MapFS{"story.ink": {Data: []byte(source)}}, "story.ink")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// lines reads all there is before the next choice, up to 10,000 lines.
func lines(s *Story) (text []string, err error) {
	for s.CanContinue() && len(text) < 10_000 {
		line, err := s.Continue()
		if err != nil {
			return text, err
		}
		text = append(text, line.Text)
	}
	return text, nil
}

func TestABrokenStorySaysWhere(t *testing.T) {
	for _, tt := range []struct{ name, source, want string }{
		{"division by zero", "VAR x = 0\nFine.\n{1 / x}\n-> END\n", "story.ink:3: division by zero"},
		{"no end", "-> a\n== a\nFine.\n{false: -> END}\n", "ran out of content"},
		{"no return from a tunnel", "Fine.\n-> t ->\n-> END\n== t\n{false: ->->}\n", "'->->' to return"},
		{"an unbound function", "EXTERNAL f()\nFine.\n{f()}\n-> END\n", "external function f is not bound"},
		{"a list against a text", "LIST l = (a)\nFine.\n{\"x\" + l}\n-> END\n", "story.ink:3: cannot use operation + on string and list"},
		{"a loop", "Fine.\n-> a\n== a\n{false: x}\n-> a\n", "runs on without end"},
		{"a text that doubles", "VAR s = \"abc\"\nFine.\n-> a\n== a\n~ s = s + s\n-> a\n", "longer than"},
		{"recursion", "Fine.\n~ f()\n-> END\n== function f()\n~ return f() + 1\n", "nested too deep"},
		{"an endless line", "Fine.\n-> a\n== a\nx <>\n-> a\n", "line is too long"},
		{"a state that grows", "VAR s = \"abcdefgh\"\nFine.\n~ s = s + s + s + s + s + s + s + s\n~ s = s + s + s + s + s + s + s + s\n~ s = s + s + s + s + s + s + s + s\n-> a ->\n== a\n~ temp t = s + s\n-> a ->\n->->\n", "bytes of text and lists"},
		{"choices that keep much", "VAR s = \"abcdefgh\"\nFine.\n~ s = s + s + s + s + s + s + s + s\n~ s = s + s + s + s + s + s + s + s\n~ s = s + s + s + s + s + s + s + s\n-> a(s, 1000)\n== a(t, n)\n{ n > 0:\n  <- b(s)\n  -> a(s, n - 1)\n}\n-> DONE\n== b(t)\n+ x -> END\n", "bytes of text and lists"},
		{"a divert to a number", "VAR x = -> a\n~ x = 5\nFine.\n-> x\n== a\n-> END\n", "no divert target: it is the int 5"},
		{"a bad RANDOM", "Fine.\n{RANDOM(5, 1)}\n-> END\n", "maximum must be larger"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := compiled(t, tt.source)
			s := p.New(1)
			text, err := lines(s)
			var e *RuntimeError
			if !errors.As(err, &e) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want one with %q", err, tt.want)
			}
			if len(text) == 0 || text[0] != "Fine." {
				t.Errorf("the text before the error is lost: %q", text)
			}
			if s.CanContinue() || s.Choices() != nil || s.Choose(0) == nil {
				t.Error("a broken story goes on")
			}
			if _, again := s.Continue(); again == nil || again.Error() != err.Error() {
				t.Errorf("asked again, it says %v", again)
			}
			checkSaves(t, p, 1, nil)
		})
	}
}

// A story that was compiled elsewhere has no source to name, but paths.
func TestABrokenCompiledStoryNamesThePath(t *testing.T) {
	p, err := LoadProgram(compiled(t, "VAR x = 0\n-> a\n== a\nFine.\n{1 / x}\n-> END\n").JSON())
	if err != nil {
		t.Fatal(err)
	}
	_, err = lines(p.New(1))
	var e *RuntimeError
	if !errors.As(err, &e) || !strings.HasPrefix(e.Path, "a.") || e.Error() != "at "+e.Path+": division by zero" {
		t.Errorf("error %v", err)
	}
}

func TestManyChoicesAtOnceAreRefused(t *testing.T) {
	p := compiled(t, "VAR n = 0\n-> a\n== a\n+ x\n- -> DONE\n== function f()\n~ return 1\n")
	if _, err := lines(p.New(1)); err != nil {
		t.Fatal(err)
	}
	p = compiled(t, "-> a\n== a\n<- b\n-> a\n== b\n+ x -> END\n")
	if _, err := lines(p.New(1)); err == nil || !strings.Contains(err.Error(), "choices") {
		t.Errorf("error %v, want one about choices", err)
	}
}

func TestWarningsAreGivenOnce(t *testing.T) {
	s := compiled(t, "{false:\n  ~ temp x = 1\n}\nLine.\n{x}\n-> END\n").New(1)
	if _, err := lines(s); err != nil {
		t.Fatal(err)
	}
	if w := s.Warnings(); len(w) != 1 || !strings.Contains(w[0], "'x'") || !strings.Contains(w[0], "story.ink:5") {
		t.Errorf("warnings %q", w)
	}
}

func TestHostFunctionsRunOnceAndInTheirTurn(t *testing.T) {
	p := compiled(t, "EXTERNAL f(a, b)\nOne.\n~ f(1, \"x\")\nTwo {f(2.5, true)}.\n{\"in {f(1, 2)}\"}\n-> END\n")
	s := p.New(1)
	var calls []string
	if err := s.Bind("f", func(args []any) (any, error) {
		calls = append(calls, fmt.Sprintf("%v %T %v %T", args[0], args[0], args[1], args[1]))
		return len(calls), nil
	}); err != nil {
		t.Fatal(err)
	}
	want := []string{"One.", "Two 2.", "in 3"}
	made := []int{0, 2, 3} // calls when each line has been read
	for i := range want {
		line, err := s.Continue()
		if err != nil || line.Text != want[i] || len(calls) != made[i] {
			t.Errorf("line %q, %v after calls %q", line.Text, err, calls)
		}
	}
	if calls[0] != "1 int x string" || calls[1] != "2.5 float64 true bool" {
		t.Errorf("arguments %q", calls)
	}
}

func TestHostFunctionsMayFail(t *testing.T) {
	p := compiled(t, "EXTERNAL f()\nOne.\n{f()}\n-> END\n")
	for name, f := range map[string]func([]any) (any, error){
		"an error":     func([]any) (any, error) { return nil, errors.New("no votes yet") },
		"a wrong type": func([]any) (any, error) { return struct{}{}, nil },
		"a big number": func([]any) (any, error) { return 1 << 40, nil },
	} {
		s := p.New(1)
		if err := s.Bind("f", f); err != nil {
			t.Fatal(err)
		}
		if text, err := lines(s); err == nil || len(text) != 1 || !strings.Contains(err.Error(), "story.ink:3: f: ") {
			t.Errorf("%s: %q, %v", name, text, err)
		}
	}
	if err := p.New(1).Bind("f", nil); err == nil {
		t.Error("no function was bound")
	}
	if err := p.New(1).Bind("unknown", func([]any) (any, error) { return nil, nil }); err != nil {
		t.Errorf("a function the story does not know: %v", err)
	}
}

func TestVariablesFromOutside(t *testing.T) {
	s := compiled(t, "LIST l = (a), b\nVAR n = 1\nVAR f = 1.5\nVAR t = \"x\"\nVAR q = true\nVAR d = -> k\n"+
		"{n} {f} {t} {q} {l}\n-> d\n== k\nk\n-> END\n== m\nm\n-> END\n").New(1)
	for name, v := range map[string]any{
		"n": 5, "f": -2.25, "t": "new", "q": false, "l": List{{"l", "b", 2}}, "d": Target("m"),
	} {
		if err := s.SetVariable(name, v); err != nil {
			t.Error(err)
		}
		if got, ok := s.Variable(name); !ok || fmt.Sprint(got) != fmt.Sprint(v) {
			t.Errorf("%s is %v, want %v", name, got, v)
		}
	}
	if text, err := lines(s); err != nil || strings.Join(text, "/") != "5 -2.25 new false b/m" {
		t.Errorf("%q, %v", text, err)
	}
	for name, v := range map[string]any{
		"none": 1, "n": nil, "f": []int{1}, "t": strings.Repeat("x", 1<<20), "l": List{{"l", "zzz", 0}}, "d": Target("zzz"),
	} {
		if err := s.SetVariable(name, v); err == nil {
			t.Errorf("%s took %.20v", name, v)
		}
	}
	if _, ok := s.Variable("none"); ok {
		t.Error("there is a variable none")
	}
}

func TestTagsOfAProgram(t *testing.T) {
	p := compiled(t, "# title: T\n# author: A # color: red\nText. # line\n-> k\n== k\n# ending One\n* choice # emoji x\n-> END\n== z\n# ending One\n-> END\n")
	if got, want := fmt.Sprintf("%q", p.GlobalTags()), `["title: T" "author: A" "color: red"]`; got != want {
		t.Errorf("global tags %s, want %s", got, want)
	}
	got := fmt.Sprintf("%q", p.Tags())
	if want := `["title: T" "author: A" "color: red" "line" "ending One" "emoji x" "ending One"]`; got != want {
		t.Errorf("tags %s, want %s", got, want)
	}
}

func TestChanceComesFromTheSeed(t *testing.T) {
	p := compiled(t, "{shuffle:\n- a\n- b\n- c\n- d\n} {RANDOM(1, 1000000)} {~x|y|z}\n{LIST_RANDOM(LIST_ALL(l))}\n-> END\nLIST l = (o), p, q, r\n")
	outcomes := map[string]bool{}
	for seed := range uint64(50) {
		a, b := transcript(p, seed, nil), transcript(p, seed, nil)
		if a != b {
			t.Errorf("seed %d gives %q and %q", seed, a, b)
		}
		outcomes[a] = true
		checkSaves(t, p, seed, nil)
	}
	if len(outcomes) < 45 {
		t.Errorf("50 seeds give only %d outcomes", len(outcomes))
	}
	if a, b := transcript(p, 1<<40, nil), transcript(p, 1<<50, nil); a == b {
		t.Error("the high bits of the seed do not count")
	}
}

func TestAShuffleShowsEachElementOnceARound(t *testing.T) {
	p := compiled(t, "VAR n = 0\n-> a\n== a\n{shuffle:\n- a\n- b\n- c\n}\n~ n++\n{n < 6: -> a}\n-> END\n")
	for seed := range uint64(20) {
		text, err := lines(p.New(seed))
		text = slices.DeleteFunc(text, func(s string) bool { return s == "" })
		if err != nil || len(text) != 6 {
			t.Fatalf("%q, %v", text, err)
		}
		for round := range 2 {
			seen := map[string]bool{}
			for _, s := range text[round*3 : round*3+3] {
				seen[s] = true
			}
			if len(seen) != 3 {
				t.Errorf("seed %d: %q", seed, text)
			}
		}
	}
}

func TestSeedRandomFixesWhatFollows(t *testing.T) {
	p := compiled(t, "~ SEED_RANDOM(42)\n{RANDOM(1, 100)} {RANDOM(1, 100)} {RANDOM(1, 100)}\n-> END\n")
	if a, b := transcript(p, 1, nil), transcript(p, 2, nil); a != b {
		t.Errorf("%q and %q", a, b)
	}
}

// TestWorkIsBounded plays stories that would take very long if only steps were
// counted, not how much there is to do in each.
func TestWorkIsBounded(t *testing.T) {
	for name, source := range map[string]string{
		"glue":    "-> a\n== a\n<>\n-> a\n",
		"tags":    "-> a\n== a\n# tag\n-> a\n",
		"blanks":  "VAR s = \" \"\n-> a\n== a\n{s}<>\n-> a\n",
		"strings": "VAR s = \"\"\n-> a\n== a\n~ s = \"{s}x{s}\"\n-> a\n",
		"threads": "-> a\n== a\n<- b\n-> a\n== b\n-> DONE\n",
	} {
		if text, err := lines(compiled(t, source).New(1)); err == nil {
			t.Errorf("%s: no error, but %d lines", name, len(text))
		}
	}
}

// A line may build as many strings as it likes: only what it holds counts.
func TestStringsThatAreDoneTakeNoRoomInTheLine(t *testing.T) {
	p := compiled(t, "VAR n = 0\n-> a\n== a\n~ temp s = \"a string of some thirty bytes {n}\"\n~ n++\n{ n < 12000:\n  -> a\n}\n{s}\n-> END\n")
	text, err := lines(p.New(1))
	if err != nil || len(text) != 1 || !strings.HasSuffix(text[0], "11999") {
		t.Errorf("%q, %v", text, err)
	}
}
