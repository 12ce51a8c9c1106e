package reading

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"storyteller/internal/cue"
	"storyteller/internal/narrate/vote"
)

// decodeSlowly is what the Decoder must agree with.
func decodeSlowly(t testing.TB, record []byte) (State, bool) {
	t.Helper()
	var s State
	if err := json.Unmarshal(record, &s); err != nil || s.Version != Version || s.Check() != nil {
		return State{}, false
	}
	return s, true
}

// fill sets every field of a value to something, so that none can be forgotten.
func fill(v reflect.Value, n *int) {
	*n++
	switch v.Kind() {
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			v.Set(reflect.ValueOf(start.Add(time.Duration(*n) * time.Millisecond)))
			return
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() && v.Type().Field(i).Tag.Get("json") != "-" {
				fill(v.Field(i), n)
			}
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), n)
	case reflect.Slice:
		if v.Type() == reflect.TypeFor[json.RawMessage]() {
			v.Set(reflect.ValueOf(json.RawMessage(`{"a":["}",{"b":"\"]"}]}`)))
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fill(v.Index(0), n)
		fill(v.Index(1), n)
	case reflect.String:
		v.SetString([]string{"plain", "with \"quotes\" \\ and <tags>", "Ünïcödé \u2028 🎩", ""}[*n%4])
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(*n))
	case reflect.Uint64:
		v.SetUint(1<<63 + uint64(*n))
	case reflect.Float64:
		v.SetFloat(1.25)
	default:
		panic(v.Kind())
	}
}

// A record with everything in it is decoded the quick way, and as encoding/json would.
func TestEveryFieldIsDecodedQuickly(t *testing.T) {
	for n := range 8 {
		var s State
		fill(reflect.ValueOf(&s).Elem(), &n)
		record, err := Encode(s)
		if err != nil {
			t.Fatal(err)
		}
		var want State
		if err := json.Unmarshal(record, &want); err != nil {
			t.Fatal(err)
		}
		d := NewDecoder()
		for range 2 { // the second time most of it is shared
			got, ok := d.quick(record)
			if !ok {
				t.Fatalf("a record was not decoded quickly: is a field of State new?\n%s", record)
			}
			if !reflect.DeepEqual(got, want) {
				t.Fatalf("decoded\n%+v\nwant\n%+v", got, want)
			}
		}
	}
}

// What two readings share, neither can change for the other.
func TestReadingsThatShareAreApart(t *testing.T) {
	h := newHouse(t, tale, Settings{})
	h.until(Voting)
	h.s.Untold = []NotTaken{{Vote: 1, Options: []string{"a way"}}}
	record, err := Encode(h.s)
	if err != nil {
		t.Fatal(err)
	}
	d := NewDecoder()
	one, err := d.Decode(record)
	if err != nil {
		t.Fatal(err)
	}
	one.Vote.Ballots = make(vote.Ballots)
	h.s = one
	h.step(Voted{Vote: h.s.Vote.Number, Voter: "host", Order: 1})
	h.step(Skipped{By: "host"})
	if len(h.s.Untold) != 2 {
		t.Fatalf("the reading did not go on: %+v", h.s)
	}
	two, err := d.Decode(record)
	if err != nil {
		t.Fatal(err)
	}
	if again, _ := Encode(two); string(again) != string(record) {
		t.Errorf("one reading went on and changed another's record:\n%s\n%s", again, record)
	}
}

func TestTheStoryOfARecordIsKnownWithoutDecodingIt(t *testing.T) {
	s := open(t, compile(t, tale), Settings{}, start)
	record, err := Encode(s)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := ProgramOf(record); err != nil || got != s.Program {
		t.Errorf("got %q, %v", got, err)
	}
	indented, _ := json.MarshalIndent(s, "", " ")
	if got, err := ProgramOf(indented); err != nil || got != s.Program {
		t.Errorf("written with blanks: got %q, %v", got, err)
	}
	for _, damaged := range []string{"", "{", `{"program":7}`, `{"program":"x`, `[]`} {
		if got, err := ProgramOf([]byte(damaged)); err == nil {
			t.Errorf("%q has the story %q", damaged, got)
		}
	}
}

// FuzzQuick holds the quick way against encoding/json: what that takes, the Decoder takes, and makes the same of it.
func FuzzQuick(f *testing.F) {
	p := compile(f, tale)
	s := open(f, p, Settings{}, start)
	for _, e := range []Event{Joined{Reader: "x"}, Began{By: "host"}, Ticked{}} {
		record, _ := Encode(s)
		f.Add(record)
		s, _ = Step(p, s, e, start.Add(time.Hour))
	}
	s.Story.Cover = cue.Picture{File: "a", Alt: "b\\\"<"}
	record, _ := Encode(s)
	f.Add(record)
	f.Fuzz(func(t *testing.T, record []byte) {
		NewDecoder().quick(record) // no panic
		ProgramOf(record)
		want, ok := decodeSlowly(t, record)
		if !ok {
			return
		}
		canonical, err := Encode(want) // keys given twice are not what Encode writes
		if err != nil {
			return
		}
		want, _ = decodeSlowly(t, canonical)
		got, err := Decode(canonical)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%v: decoded\n%+v\nwant\n%+v", err, got, want)
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	p := compile(b, tale)
	s := open(b, p, Settings{}, start)
	record, err := Encode(s)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	b.Run("many", func(b *testing.B) {
		d := NewDecoder()
		for b.Loop() {
			if _, err := d.Decode(record); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("json", func(b *testing.B) {
		for b.Loop() {
			if _, ok := decodeSlowly(b, record); !ok {
				b.Fatal("not decoded")
			}
		}
	})
}
