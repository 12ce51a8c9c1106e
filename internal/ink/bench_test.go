package ink

import (
	"os"
	"runtime"
	"testing"
	"testing/fstest"
)

func BenchmarkPlay(b *testing.B) {
	p := largeProgram(b)
	n := 0
	b.ReportAllocs()
	for b.Loop() {
		lines, _ := readAll(b, p.New(1))
		n += lines
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(n), "ns/line")
	b.ReportMetric(float64(n)/float64(b.N), "lines/op")
}

// halfway plays a story up to its middle.
func halfway(b testing.TB, p *Program) *Story {
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
	s := halfway(b, largeProgram(b))
	b.ReportAllocs()
	for b.Loop() {
		s.Save()
	}
	b.ReportMetric(float64(len(s.Save())), "bytes")
}

func BenchmarkLoad(b *testing.B) {
	p := largeProgram(b)
	state := halfway(b, p).Save()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := p.Load(state); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkLoadSmall loads a reading of a story for one evening, at a vote in its
// middle.
func BenchmarkLoadSmall(b *testing.B) {
	p, err := Compile(os.DirFS("../../stories/last-dance"), "last-dance.ink")
	if err != nil {
		b.Fatal(err)
	}
	s := p.New(1)
	for turn := range 6 {
		if _, err := lines(s); err != nil {
			b.Fatal(err)
		}
		if n := len(s.Choices()); n > 0 {
			if err := s.Choose(turn % n); err != nil {
				b.Fatal(err)
			}
		}
	}
	if _, err := lines(s); err != nil {
		b.Fatal(err)
	}
	state := s.Save()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := p.Load(state); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(state)), "bytes")
}

func BenchmarkLoadProgram(b *testing.B) {
	json := largeProgram(b).JSON()
	b.SetBytes(int64(len(json)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := LoadProgram(json); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkJSON(b *testing.B) {
	p := largeProgram(b)
	b.ReportAllocs()
	for b.Loop() {
		p.ir.AppendJSON(nil)
	}
}

func BenchmarkCompileLarge(b *testing.B) {
	source := []byte(largeStory())
	fsys := fstest.MapFS{"s.ink": {Data: source}}
	b.SetBytes(int64(len(source)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Compile(fsys, "s.ink"); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkLiveState measures the memory that a reading holds in its middle.
func BenchmarkLiveState(b *testing.B) {
	p := largeProgram(b)
	halfway(b, p)
	state := halfway(b, p).Save()
	for b.Loop() {
		b.ReportMetric(float64(liveBytes(b, func() *Story { return halfway(b, p) })), "bytes")
		b.ReportMetric(float64(liveBytes(b, func() *Story {
			s, err := p.Load(state)
			if err != nil {
				b.Fatal(err)
			}
			return s
		})), "loaded-bytes")
	}
}

// liveBytes returns the memory that one of many stories holds.
func liveBytes(t testing.TB, start func() *Story) uint64 {
	t.Helper()
	const many = 200
	stories := make([]*Story, many)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for i := range stories {
		stories[i] = start()
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	runtime.KeepAlive(stories)
	return (after.HeapAlloc - before.HeapAlloc) / many
}

// maxLiveState is what a reading may hold in its middle: a hundred thousand of
// them fit into the memory of a small machine.
const maxLiveState = 8 << 10

func TestALiveStateIsSmall(t *testing.T) {
	p := largeProgram(t)
	halfway(t, p)
	if n := liveBytes(t, func() *Story { return halfway(t, p) }); n > maxLiveState {
		t.Errorf("a reading halfway through the large story holds %d bytes, more than %d", n, maxLiveState)
	}
}
