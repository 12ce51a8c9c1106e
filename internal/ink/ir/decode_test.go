package ir

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// everything holds each kind of content once.
const everything = `{"inkVersion":21,"root":[["^text with \"quotes\" and \u0001\ttabs, é","\n","<>",` +
	`"ev",1,-2,1.5,2.0,true,"void",{"^->":"knot"},{"^var":"x","ci":-1},{"list":{"l.a":1,"l.b":2}},` +
	`{"list":{},"origins":["l"]},{"VAR?":"x"},{"CNT?":"knot"},"+","_","L^","LIST_INVERT","out","/ev",` +
	`{"VAR=":"x"},{"VAR=":"x","re":true},{"temp=":"y"},{"temp=":"y","re":true},` +
	`{"->":"knot"},{"->":"0.1","c":true},{"->":"x","var":true},{"f()":"knot"},{"->t->":"knot.inner"},` +
	`{"x()":"ext","exArgs":2},{"x()":"none"},{"*":"0.c-0","flg":20},"#","^tag","/#",{"#":"old"},` +
	`[null],["nop",{"#f":3,"#n":"own"}],{"c-0":["done",{"#f":5}]}],"done",` +
	`{"knot":["end",{"inner":["->->",null]}],"list":["~ret",null]}],` +
	`"listDefs":{"l":{"a":1,"b":2},"m":{"c":-7}}}`

func TestEveryKindOfContentComesBackAsItWas(t *testing.T) {
	p, err := Decode([]byte(everything))
	if err != nil {
		t.Fatal(err)
	}
	if got := string(p.AppendJSON(nil)); got != everything {
		t.Errorf("got  %s\nwant %s", got, everything)
	}
}

func TestRelativePathsAreResolved(t *testing.T) {
	const in = `{"inkVersion":20,"root":[["a",{"->":".^.b"},[{"->":".^.^.b"},{"->":".^"},{"#n":"x"}],` +
		`{"b":[{"->":".^.^.^.1"},{"->":".^.^.x.0"},null]}],"done",null],"listDefs":{}}`
	p, err := Decode([]byte(strings.Replace(in, `"a",`, "", 1)))
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"inkVersion":21,"root":[[{"->":"0.b"},[{"->":"0.b"},{"->":"0.x"},{"#n":"x"}],` +
		`{"b":[{"->":"1"},{"->":"0.x.0"},null]}],"done",null],"listDefs":{}}`
	if got := string(p.AppendJSON(nil)); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestDecodeRefuses(t *testing.T) {
	root := func(content string) string {
		return `{"inkVersion":21,"root":[` + content + `],"listDefs":{}}`
	}
	for _, tt := range []struct{ name, json, want string }{
		{"nothing", ``, "expected '{'"},
		{"another version", `{"inkVersion":18,"root":[null]}`, "ink version 18 is not known"},
		{"a later version", `{"inkVersion":22,"root":[null]}`, "ink version 22 is not known"},
		{"no version", `{"root":[null]}`, "no inkVersion"},
		{"no root", `{"inkVersion":21}`, "no root"},
		{"an unknown word", root(`"explode",null`), `unknown content "explode"`},
		{"an unknown key", root(`{"->":"0","maybe":true},null`), `unknown key "maybe"`},
		{"a lost target", root(`{"->":"nowhere"},null`), `nothing is named "nowhere"`},
		{"a target out of range", root(`{"->":"7"},null`), "no element 7"},
		{"a path through text", root(`"^a",{"->":"0.x"},null`), "no container"},
		{"a path above the root", root(`{"->":".^.^.x"},null`), `nothing is named "^"`},
		{"no end of a container", root(`"^a"`), "no last element"},
		{"content after the end", root(`null,"^a"`), "follows a container's last"},
		{"two of one name", root(`{"a":[null],"a":[null]}`), "two containers of one name"},
		{"flags", root(`{"#f":8}`), "unknown container flags"},
		{"a big number", root(`4294967296,null`), "32 bits"},
		{"a half", root(`{"*":"0","flg":1.5},null`), "whole number"},
		{"an open string", root(`"^a`), "control character"[:0] + "expected"},
		{"a bad escape", root(`"^\q",null`), "unknown escape"},
		{"trailing bytes", root(`null`) + "x", "something follows"},
		{"not UTF-8", "\xff", "not UTF-8"},
		{"depth", root(strings.Repeat("[", MaxDepth+1)), "nest deeper"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p, err := Decode([]byte(tt.json))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, %v; want an error with %q", p, err, tt.want)
			}
		})
	}
}

func TestManyNamesAreFoundAndChecked(t *testing.T) {
	root := NewContainer("")
	var last *Container
	for i := range 3 * manyNames {
		last = NewContainer("knot" + strings.Repeat("x", i))
		root.AddNamed(last)
	}
	p := &Program{Root: root}
	if err := p.Finish(); err != nil {
		t.Fatal(err)
	}
	if r, err := p.Resolve(To(last).Path()); err != nil || r.C != last {
		t.Errorf("Resolve: %v, %v", r, err)
	}
	root.AddNamed(NewContainer(last.Name))
	if err := p.Finish(); err == nil {
		t.Error("a double name was not refused")
	}
}

func TestFinishRefusesBrokenTrees(t *testing.T) {
	stray := NewContainer("stray")
	twice := NewContainer("")
	loop := NewContainer("")
	loop.Add(loop)
	for name, content := range map[string][]Object{
		"a target outside":      {&Divert{To: To(stray)}},
		"a missing target":      {&DivertTarget{}},
		"a container twice":     {twice, twice},
		"a loop":                {loop},
		"nil":                   {nil},
		"a nameless external":   {&Divert{Kind: External}},
		"an index out of range": {&Divert{To: Ref{stray, 2}}, stray},
	} {
		root := NewContainer("")
		root.Add(content...)
		if err := (&Program{Root: root}).Finish(); err == nil {
			t.Errorf("%s was not refused", name)
		}
	}
}

// FuzzDecode: what Decode accepts, it writes and reads again as the same bytes.
func FuzzDecode(f *testing.F) {
	f.Add([]byte(everything))
	stories, _ := filepath.Glob("../testdata/*.json")
	for _, name := range stories {
		if b, err := os.ReadFile(name); err == nil {
			f.Add(b)
		}
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := Decode(b)
		if err != nil {
			return
		}
		once := p.AppendJSON(nil)
		q, err := Decode(once)
		if err != nil {
			t.Fatalf("%v\n%s", err, once)
		}
		if twice := q.AppendJSON(nil); string(once) != string(twice) {
			t.Errorf("%s\n%s", once, twice)
		}
	})
}
