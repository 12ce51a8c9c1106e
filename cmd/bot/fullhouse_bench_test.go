package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"storyteller/internal/fakediscord"
)

// easyDiscord is a Discord in which every channel is there and no call is refused; what has to be right beyond that is
// fakediscord's.
type easyDiscord struct {
	fake  *fakediscord.Server
	posts atomic.Int64
	first chan time.Time // gets the moment of the first message
}

func (d *easyDiscord) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !strings.Contains(r.URL.Path, "/channels/") {
		d.fake.Handler().ServeHTTP(w, r)
		return
	}
	_, _ = io.Copy(io.Discard, r.Body)
	if !strings.Contains(r.URL.Path, "/messages") {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	n := d.posts.Add(1)
	if n == 1 {
		d.first <- time.Now()
	}
	w.Header().Set("Content-Type", "application/json")
	fmt.Fprintf(w, `{"id":"%d"}`, 1_500_000_000_000_000_000+n)
}

// serving is the real bot in a process of its own.
type serving struct {
	tb      testing.TB
	process *exec.Cmd
	began   time.Time
}

// buildBot makes the binary that is measured: a test's binary has more in it.
func buildBot(tb testing.TB) string {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), "bot")
	if out, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput(); err != nil {
		tb.Fatalf("%v\n%s", err, out)
	}
	return path
}

func serveHouse(tb testing.TB, binary, db, api string) *serving {
	tb.Helper()
	p := exec.Command(binary)
	p.Env = append(os.Environ(), envToken+"="+fakediscord.DefaultToken, envAPI+"="+api+"/api/v10", envDB+"="+db, envLogLevel+"=info")
	log, err := os.Create(db + ".log")
	if err != nil {
		tb.Fatal(err)
	}
	defer log.Close()
	p.Stderr = log
	s := &serving{tb: tb, process: p, began: time.Now()}
	if err := p.Start(); err != nil {
		tb.Fatal(err)
	}
	return s
}

// stop asks the process to stop and returns how long it took.
func (s *serving) stop() time.Duration {
	began := time.Now()
	_ = s.process.Process.Signal(syscall.SIGTERM)
	if err := s.process.Wait(); err != nil {
		s.tb.Errorf("the bot ended with %v", err)
	}
	return time.Since(began)
}

// memory is a line of the process's status, in MiB.
func (s *serving) memory(name string) float64 {
	s.tb.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.process.Process.Pid))
	if err != nil {
		s.tb.Skipf("the memory of a process cannot be read here: %v", err)
	}
	for line := range strings.Lines(string(status)) {
		if value, ok := strings.CutPrefix(line, name+":"); ok {
			kb, err := strconv.Atoi(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(value), "kB")))
			if err != nil {
				s.tb.Fatal(err)
			}
			return float64(kb) / 1024
		}
	}
	return 0
}

// processor is the processor time that the process has taken, in seconds: on a crowded machine it tells more than a clock.
func (s *serving) processor() float64 {
	s.tb.Helper()
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", s.process.Process.Pid))
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(stat), ") ")
	ticks := 0
	if fields := strings.Fields(rest); len(fields) > 12 {
		for _, field := range fields[11:13] { // user and system; see proc(5)
			n, _ := strconv.Atoi(field)
			ticks += n
		}
	}
	const ticksPerSecond = 100
	return float64(ticks) / ticksPerSecond
}

// BenchmarkStart measures the time from the start of the process to the first login on the gateway, on an empty database.
func BenchmarkStart(b *testing.B) {
	binary := buildBot(b)
	fake := fakediscord.New(fakediscord.Options{IdentifyInterval: -1, IdentifyBudget: 1 << 20})
	server := httptest.NewServer(fake.Handler())
	defer func() {
		fake.Close()
		server.CloseClientConnections()
		server.Close()
	}()
	var all []time.Duration
	for b.Loop() {
		s := serveHouse(b, binary, filepath.Join(b.TempDir(), "new.db"), server.URL)
		if err := fake.Gateway().WaitReady(b.Context()); err != nil {
			b.Fatal(err)
		}
		all = append(all, time.Since(s.began))
		s.stop()
		if err := fake.Gateway().WaitGone(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(milliseconds(percentile(all, 0.5)), "ms-p50")
	b.ReportMetric(milliseconds(percentile(all, 1)), "ms-max")
}

// BenchmarkFullHouse starts the real bot on a database with 100,000 readings in the middle of their evenings, 1,000 of them
// overdue, and measures how soon it tells again and what memory it holds. The file is in the kernel's cache.
func BenchmarkFullHouse(b *testing.B) {
	const readings, overdue = 100_000, 1_000
	binary := buildBot(b)
	c := newFullHouse(b)
	for b.Loop() {
		db := filepath.Join(b.TempDir(), "house.db")
		d := &easyDiscord{fake: fakediscord.New(fakediscord.Options{}), first: make(chan time.Time, 1)}
		c.guilds = nil
		for i := range readings / houseGuild {
			c.guilds = append(c.guilds, d.fake.AddGuild(fmt.Sprint("Server ", i)).ID)
		}
		now := time.Now()
		c.fill(b, db, readings, func(i int) time.Time {
			if i%(readings/overdue) == 1 {
				return now.Add(-time.Second)
			}
			return now.Add(time.Hour + time.Duration(i)*time.Millisecond)
		})
		server := httptest.NewServer(d)
		s := serveHouse(b, binary, db, server.URL)
		ctx, cancel := context.WithTimeout(b.Context(), time.Minute)
		select {
		case at := <-d.first:
			b.ReportMetric(at.Sub(s.began).Seconds(), "s-first-message")
			b.ReportMetric(s.processor(), "s-first-message-cpu")
		case <-ctx.Done():
			b.Fatal("nothing was told")
		}
		time.Sleep(10 * time.Second)
		b.ReportMetric(float64(d.posts.Load()), "messages-10s")
		for name, unit := range map[string]string{"VmRSS": "MiB-rss", "RssAnon": "MiB-anon", "RssFile": "MiB-file", "VmHWM": "MiB-peak"} {
			b.ReportMetric(s.memory(name), unit)
		}
		b.ReportMetric(s.stop().Seconds(), "s-stop")
		cancel()
		d.fake.Close()
		server.CloseClientConnections()
		server.Close()
		_ = os.Remove(db)
	}
}
