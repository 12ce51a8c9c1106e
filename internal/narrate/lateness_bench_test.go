package narrate_test

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"storyteller/internal/library"
	"storyteller/internal/narrate"
	"storyteller/internal/narrate/reading"
	"storyteller/internal/store"
)

// metronome is a story of beats of forty-four words each, which a room reads in twelve seconds.
var metronome = "# title: Metronome\n# blurb: It goes on.\n" +
	strings.Repeat(strings.Repeat("one two three four five six seven eight nine ten eleven ", 4)+"# beat\n", 12) + "-> END\n"

// punctual is a stage without limits that notes how late each beat is.
type punctual struct {
	mu    sync.Mutex
	from  time.Time // what is due before is not measured: the readings have only just begun
	late  []time.Duration
	due   map[string]time.Time // of the next beat, by reading
	beats int
}

func (s *punctual) Post(_ context.Context, p narrate.Posting) (string, error) {
	now := time.Now()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.beats++
	if due, ok := s.due[p.Reading]; ok && p.Message.Beat != nil && !due.Before(s.from) {
		s.late = append(s.late, now.Sub(due))
	}
	return fmt.Sprint(1_000_000 + s.beats), nil
}

func (s *punctual) Edit(context.Context, narrate.Posting) error { return nil }
func (s *punctual) Typing(context.Context, reading.Place) error { return nil }

func (s *punctual) TellHost(context.Context, narrate.Waiting) error { return nil }

// dueStore is the real store; it learns when each beat is due from what is saved before.
type dueStore struct {
	*store.Store
	stage *punctual
}

func (d dueStore) Save(ctx context.Context, s reading.State, log []reading.Entry) error {
	if !s.Due.IsZero() {
		d.stage.mu.Lock()
		d.stage.due[s.ID] = s.Due
		d.stage.mu.Unlock()
	}
	return d.Store.Save(ctx, s, log)
}

// reportDisk measures what one sync of one page costs here, which nothing that is on the disk can be faster than.
func reportDisk(b *testing.B) {
	f, err := os.Create(filepath.Join(b.TempDir(), "page"))
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	var took []time.Duration
	for range 200 {
		began := time.Now()
		if _, err := f.WriteAt(make([]byte, 4096), 0); err != nil {
			b.Fatal(err)
		}
		if err := f.Sync(); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2])/float64(time.Millisecond), "ms-sync-p50")
	b.ReportMetric(float64(took[len(took)*99/100])/float64(time.Millisecond), "ms-sync-p99")
}

// BenchmarkLateness runs 10,000 readings at once for half a minute, each with a beat every twelve seconds, on a real file
// with real syncs and a stage that takes whatever comes. It measures how long after its moment a beat reaches the stage:
// in between it is decided and saved.
func BenchmarkLateness(b *testing.B) {
	const readings, measured = 10_000, 30 * time.Second
	story, findings := library.Load(fstest.MapFS{"metronome.ink": {Data: []byte(metronome)}}, "metronome")
	if story == nil {
		b.Fatal(findings)
	}
	for b.Loop() {
		db, err := store.Open(filepath.Join(b.TempDir(), "bot.db"), store.Options{})
		if err != nil {
			b.Fatal(err)
		}
		stage := &punctual{due: make(map[string]time.Time), from: time.Now().Add(time.Hour)}
		n := narrate.New(narrate.Config{Store: dueStore{db, stage}, Stage: stage, Log: slog.New(slog.DiscardHandler)})
		if err := n.Load(b.Context()); err != nil {
			b.Fatal(err)
		}
		ctx, cancel := context.WithCancel(b.Context())
		over := make(chan struct{})
		go func() { defer close(over); _ = n.Run(ctx) }()
		time.Sleep(10 * time.Millisecond)
		// They begin one after the other over twelve seconds, as evenings do.
		began := time.Now()
		var starts sync.WaitGroup
		for i := range readings {
			time.Sleep(time.Until(began.Add(time.Duration(i) * 12 * time.Second / readings)))
			starts.Go(func() {
				if _, err := n.Start(ctx, narrate.Opening{
					ID: fmt.Sprint(1_000_000 + i), Host: "host", Story: story, Place: reading.Place{Guild: fmt.Sprint(i / 10), Channel: fmt.Sprint(i)},
					Settings: reading.Settings{Lobby: 10 * time.Second},
				}); err != nil {
					b.Error(err)
				}
			})
		}
		starts.Wait()
		stage.mu.Lock()
		stage.from = time.Now().Add(15 * time.Second) // the lobbies are over
		from := stage.from
		stage.mu.Unlock()
		time.Sleep(time.Until(from.Add(measured)))
		stage.mu.Lock()
		late := slices.Clone(stage.late)
		stage.mu.Unlock()
		slices.Sort(late)
		at := func(p float64) float64 {
			return float64(late[min(len(late)-1, int(p*float64(len(late))))]) / float64(time.Millisecond)
		}
		reportDisk(b)
		b.ReportMetric(at(0.5), "ms-p50")
		b.ReportMetric(at(0.99), "ms-p99")
		b.ReportMetric(at(1), "ms-max")
		b.ReportMetric(float64(len(late))/measured.Seconds(), "beats/s")
		cancel()
		<-over
		if err := db.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
