package ink

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// everyValue is a story whose state has every kind of value in it.
const everyValue = `
LIST l = (a), b
VAR i = 1
VAR f = 1.5
VAR g = 0.0
VAR s = "x"
VAR q = true
VAR t = -> k
VAR e = (a)
~ i = -7
~ f = 3.0
~ g = 1.0 / g
~ s = "say \"hi\" é" + s
~ q = false
~ t = -> m
~ e = ()
~ l += b
-> call(i) ->
-> END
== call(ref r)
~ temp here = 3
First. {inner()}
* [one {r} # tagged]
  -> k
* two
- ->->
== function inner()
two lines
of {i} text
~ return
== k
k
-> END
== m
m
-> END
`

func TestEveryKindOfValueIsSaved(t *testing.T) {
	p := compiled(t, everyValue)
	checkSaves(t, p, 1, []int{0})
	s := p.New(1)
	if _, err := lines(s); err != nil {
		t.Fatal(err)
	}
	state := string(s.Save())
	for _, want := range []string{
		`"i":-7`, `"f":3.0`, `"g":{"float":"Infinity"}`, `"q":false`, `"t":{"to":"m"}`, `"e":{"list":[],"of":["l"]}`,
		`"l":{"list":["l.a","l.b"]}`, `"s":"say \"hi\" éx"`, `"r":{"var":"i","ctx":0}`, `"here":3`, `"tags":["tagged"]`,
	} {
		if !strings.Contains(state, want) {
			t.Errorf("the state lacks %s:\n%s", want, state)
		}
	}
}

func TestLoadRefuses(t *testing.T) {
	p := compiled(t, everyValue)
	s := p.New(1)
	if _, err := lines(s); err != nil {
		t.Fatal(err)
	}
	good := string(s.Save())
	if _, err := p.Load([]byte(good)); err != nil {
		t.Fatal(err)
	}
	threads := good[strings.Index(good, `"threads":`):strings.Index(good, `,"choices":`)]
	for _, tt := range []struct{ name, old, new, want string }{
		{"a later version", `"v":1`, `"v":2`, "version 2 is not known"},
		{"no version", `"v":1,`, ``, "no version"},
		{"another story", `"story":"`, `"story":"0`, "another story"},
		{"an unknown key", `"turn":`, `"trun":`, "unknown key"},
		{"an unknown variable", `"i":-7`, `"ii":-7`, `no variable "ii"`},
		{"a lost place", `"to":"m"`, `"to":"mm"`, `no place "mm"`},
		{"a path upwards", `"to":"m"`, `"to":"m.^.k"`, `no place`},
		{"an unknown item", `"l.b"`, `"l.z"`, `"l.z" is not known`},
		{"an item twice", `"l.b"`, `"l.a"`, `"l.a" is there twice`},
		{"a big number", `"i":-7`, `"i":99999999999`, "no whole number"},
		{"an odd number", `"Infinity"`, `"Infinite"`, "no number"},
		{"no thread", threads, `"threads":[]`, "no thread"},
		{"no frames", threads, `"threads":[{"frames":[]}]`, "no frame"},
		{"a frame nowhere", threads, `"threads":[{"frames":[{"at":null},{"at":null}]}]`, "no place to go back to"},
		{"frames without end", threads, `"threads":[{"frames":[` + strings.Repeat(`{"at":"k"},`, 10_001) + `{"at":null}]}]`, "too deep"},
		{"half of it", good[len(good)/2:], ``, "damaged"},
		{"bytes after it", good, good + "x", "damaged"},
		{"nothing", good, ``, "damaged"},
		{"an array", good, `[]`, "damaged"},
	} {
		bad := strings.Replace(good, tt.old, tt.new, 1)
		if bad == good {
			t.Errorf("%s: the state has no %s", tt.name, tt.old)
		}
		if _, err := p.Load([]byte(bad)); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: error %v, want one with %q", tt.name, err, tt.want)
		}
	}
}

func TestLoadRefusesTheStateOfAnotherEdition(t *testing.T) {
	s := compiled(t, "One.\n-> END\n").New(1)
	if _, err := compiled(t, "Two.\n-> END\n").Load(s.Save()); err == nil || !strings.Contains(err.Error(), "another edition") {
		t.Errorf("error %v", err)
	}
}

// golden is a state as version 1 of the format writes it. It must load for as
// long as readings from then may be going on.
const golden = "testdata/state-v1.json"

func TestStatesOfVersion1StillLoad(t *testing.T) {
	p, err := LoadProgram([]byte(read(t, "testdata/tunnels.json")))
	if err != nil {
		t.Fatal(err)
	}
	s := p.New(9)
	if _, err := lines(s); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(golden, append(s.Save(), '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	old, err := p.Load([]byte(read(t, golden)))
	if err != nil {
		t.Fatal(err)
	}
	picks := []int{0, 1, 0, 0}
	want := strings.Join(steps(s, picks), "\n")
	if got := strings.Join(steps(old, []int{0, 1, 0, 0}), "\n"); got != want {
		t.Errorf("loaded, it goes on with\n%s\nnot with\n%s", got, want)
	}
}

// How far a fuzzed story is played. A program that is nonsense can spend the whole budget of steps on each line, and the
// fuzzer takes what needs ten seconds for a hang.
const (
	fuzzSteps         = 25
	fuzzStepsNonsense = 5
)

// playOut plays some of a story that may be nonsense: it must not panic.
func playOut(s *Story, most int) {
	for i := range most {
		if s.CanContinue() {
			if _, err := s.Continue(); err != nil {
				return
			}
			continue
		}
		n := len(s.Choices())
		if n == 0 || s.Choose(i%n) != nil {
			return
		}
	}
}

// FuzzLoadProgram: any JSON is refused or plays, saves and loads.
func FuzzLoadProgram(f *testing.F) {
	names, _ := filepath.Glob("testdata/*.json")
	for _, name := range names {
		f.Add([]byte(read(f, name)))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := LoadProgram(b)
		if err != nil {
			return
		}
		p.Tags()
		p.GlobalTags()
		s := p.New(1)
		playOut(s, fuzzStepsNonsense)
		loaded, err := p.Load(s.Save())
		if err != nil {
			t.Fatalf("%v\n%s", err, s.Save())
		}
		playOut(loaded, fuzzStepsNonsense)
	})
}

// FuzzLoad: any state is refused or plays, in its own edition of the story and in
// another.
func FuzzLoad(f *testing.F) {
	p := compiled(f, everyValue)
	edited := compiled(f, strings.NewReplacer("-> m", "-> mm", "== m", "== mm", "temp here", "temp there", "VAR q", "VAR qq", "~ q", "~ qq", "b\n", "c\n").Replace(everyValue))
	hash := p.Hash()
	for _, picks := range [][]int{nil, {0}, {1}} {
		s := p.New(1)
		for {
			f.Add(string(s.Save()))
			if _, more := oneStep(s, &picks); !more {
				break
			}
		}
	}
	f.Fuzz(func(t *testing.T, state string) {
		if !strings.Contains(state, hash) {
			state = strings.Replace(state, `"story":"`, `"story":"`+hash, 1)
		}
		if s, err := edited.LoadEdited([]byte(state)); err == nil {
			if _, err := edited.Load(s.Save()); err != nil {
				t.Fatalf("%v\n%s", err, s.Save())
			}
			playOut(s, fuzzSteps)
		}
		s, err := p.Load([]byte(state))
		if err != nil {
			return
		}
		again, err := p.Load(s.Save())
		if err != nil {
			t.Fatalf("%v\n%s", err, s.Save())
		}
		playOut(s, fuzzSteps)
		playOut(again, fuzzSteps)
	})
}

// FuzzCompile: any source is refused or plays.
func FuzzCompile(f *testing.F) {
	names, _ := filepath.Glob("testdata/*.ink")
	for _, name := range names {
		f.Add(read(f, name))
	}
	f.Fuzz(func(t *testing.T, source string) {
		p, err := Compile(fuzzFS(source), "story.ink")
		if err != nil {
			return
		}
		playOut(p.New(1), fuzzSteps)
		q, err := LoadProgram(p.JSON())
		if err != nil {
			t.Fatalf("%v\n%s", err, p.JSON())
		}
		playOut(q.New(1), fuzzSteps)
	})
}
