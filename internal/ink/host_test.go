package ink

import (
	"fmt"
	"strings"
	"testing"
)

func TestObserversAreToldOnceALine(t *testing.T) {
	s := compiled(t, "VAR n = 1\nVAR l = ()\nLIST k = a, b\nOne.\n~ n = 2\n~ n = 3\nTwo.\n~ n = 4\n~ n = 3\n~ l = a\nThree.\n+ [c] {inc()}Four.\n- -> END\n== function inc()\n~ n++\n").New(1)
	var told []string
	note := func(name string, v any) { told = append(told, fmt.Sprint(name, "=", v)) }
	for _, name := range []string{"n", "l"} {
		if err := s.Observe(name, note); err != nil {
			t.Fatal(err)
		}
	}
	expect := func(want string) {
		t.Helper()
		if got := strings.Join(told, " "); got != want {
			t.Errorf("told %q, want %q", got, want)
		}
		told = nil
	}
	for _, want := range []string{"", "n=3", "l=a"} {
		if _, err := s.Continue(); err != nil {
			t.Fatal(err)
		}
		expect(want)
	}
	if err := s.SetVariable("n", 10); err != nil {
		t.Fatal(err)
	}
	expect("n=10")
	if err := s.SetVariable("n", 10); err != nil {
		t.Fatal(err)
	}
	expect("")
	if err := s.Choose(0); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Continue(); err != nil {
		t.Fatal(err)
	}
	expect("n=11")
	if s.Observe("none", note) == nil || s.Observe("n", nil) == nil {
		t.Error("nothing can be observed there")
	}
}

func TestArgumentsHaveTypes(t *testing.T) {
	args := []any{3, 2.5, true, "x", List{{"l", "a", 1}}, Target("k")}
	check := func(got any, err error, want any, problem string) {
		t.Helper()
		switch {
		case problem != "" && (err == nil || !strings.Contains(err.Error(), problem)):
			t.Errorf("error %v, want one with %q", err, problem)
		case problem == "" && (err != nil || fmt.Sprint(got) != fmt.Sprint(want)):
			t.Errorf("%v, %v; want %v", got, err, want)
		}
	}
	i, err := Arg[int](args, 0)
	check(i, err, 3, "")
	f, err := Arg[float64](args, 0)
	check(f, err, 3.0, "")
	f, err = Arg[float64](args, 2)
	check(f, err, 1.0, "")
	b, err := Arg[bool](args, 1)
	check(b, err, true, "")
	b, err = Arg[bool](args, 0)
	check(b, err, true, "")
	s, err := Arg[string](args, 3)
	check(s, err, "x", "")
	l, err := Arg[List](args, 4)
	check(l, err, "a", "")
	k, err := Arg[Target](args, 5)
	check(k, err, "k", "")
	i, err = Arg[int](args, 1)
	check(i, err, nil, "argument 2 is a float64, not a int")
	s, err = Arg[string](args, 0)
	check(s, err, nil, "argument 1 is a int, not a string")
	i, err = Arg[int](args, 6)
	check(i, err, nil, "argument 7 is missing: the story gives 6")
}
