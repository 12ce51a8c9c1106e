package ink

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
)

// bigStory makes a story of about size bytes with a bit of everything that
// stories have much of.
func bigStory(size int) string {
	var b strings.Builder
	b.WriteString("VAR gold = 0\nVAR name = \"Ann\"\nLIST bag = rope, lamp, map\n-> k0\n")
	for i := 0; b.Len() < size; i++ {
		next := fmt.Sprintf("k%d", i+1)
		fmt.Fprintf(&b, `== k%[1]d
You come to place %[1]d, {name}, with {gold} coins. # place %[1]d
The road is {long|longer|endless} and the {&wind|rain} does not stop; nobody else is abroad at this hour.
~ gold = gold + %[1]d mod 3
{ gold > 10:
    You feel rich.
- else:
    You feel poor <>
    and cold.
}
* [Take the rope] You take the rope.
  ~ bag += rope
  { bag ? rope: It is a good rope. }
* (light%[1]d) Light the lamp[] and look around.
  The light falls on {LIST_COUNT(LIST_ALL(bag))} things.
+ {not light%[1]d} [Wait]
  You wait. {worth(gold)}
- You go on.
-> %[2]s
`, i, next)
	}
	fmt.Fprintf(&b, "== k%d\nThe end.\n-> END\n== function worth(n)\n{n > 5: ~ return \"much\"}\n~ return \"little\"\n", strings.Count(b.String(), "\n== k")+strings.Count(b.String()[:4], "== k"))
	return b.String()
}

func bigProgram(b *testing.B) *Program {
	b.Helper()
	source := strings.ReplaceAll(bigStory(100_000), "{n > 5: ~ return \"much\"}", "{ n > 5:\n  ~ return \"much\"\n}")
	p, err := Compile(fstest.MapFS{"s.ink": {Data: []byte(source)}}, "s.ink")
	if err != nil {
		b.Fatal(err)
	}
	return p
}

// readAll plays a story to its end, always by another choice, and returns the
// number of lines.
func readAll(b *testing.B, s *Story) int {
	n := 0
	for turn := 0; ; turn++ {
		for s.CanContinue() {
			if _, err := s.Continue(); err != nil {
				b.Fatal(err)
			}
			n++
		}
		choices := s.Choices()
		if len(choices) == 0 {
			return n
		}
		if err := s.Choose(turn % len(choices)); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPlay(b *testing.B) {
	p := bigProgram(b)
	n := 0
	b.ReportAllocs()
	for b.Loop() {
		n += readAll(b, p.New(1))
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(n), "ns/line")
	b.ReportMetric(float64(n)/float64(b.N), "lines/op")
}

// halfway plays a story up to its middle.
func halfway(b *testing.B, p *Program) *Story {
	s := p.New(1)
	for turn := range 60 {
		for s.CanContinue() {
			if _, err := s.Continue(); err != nil {
				b.Fatal(err)
			}
		}
		if err := s.Choose(turn % len(s.Choices())); err != nil {
			b.Fatal(err)
		}
	}
	return s
}

func BenchmarkSave(b *testing.B) {
	s := halfway(b, bigProgram(b))
	b.ReportAllocs()
	for b.Loop() {
		s.Save()
	}
	b.ReportMetric(float64(len(s.Save())), "bytes")
}

func BenchmarkLoad(b *testing.B) {
	p := bigProgram(b)
	state := halfway(b, p).Save()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := p.Load(state); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLoadProgram(b *testing.B) {
	json := bigProgram(b).JSON()
	b.SetBytes(int64(len(json)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := LoadProgram(json); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkJSON(b *testing.B) {
	p := bigProgram(b)
	b.ReportAllocs()
	for b.Loop() {
		p.ir.AppendJSON(nil)
	}
}
