package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"storyteller/internal/store"
)

// says runs the bot once more, and returns its exit status and all that it printed.
func (k *killed) says(ctx context.Context, args ...string) (int, string) {
	k.t.Helper()
	c := k.command(ctx, args...)
	out, err := c.CombinedOutput()
	if c.ProcessState == nil {
		k.t.Fatalf("%v: %s", err, out)
	}
	return c.ProcessState.ExitCode(), string(out)
}

// A bot that is telling a story is examined and copied; the copy, put in the place of the database, goes on.
func TestDoctorAndBackupOfARunningBot(t *testing.T) {
	ctx, k, anna := underway(t, 20, "Beat three.")
	db := k.db
	copied := filepath.Join(filepath.Dir(db), "copy.db")

	status, out := k.says(ctx, "doctor")
	if status != statusDone || !strings.Contains(out, "a bot is running on it") || !strings.Contains(out, "nothing is wrong with it") {
		t.Errorf("doctor ends with %d: %s", status, out)
	}
	if status, out := k.says(ctx, "backup", copied); status != statusDone || !strings.Contains(out, "1 live reading") {
		t.Errorf("backup ends with %d: %s", status, out)
	}
	if status, out := k.says(ctx, "backup", copied); status != statusUsage || !strings.Contains(out, "--force") {
		t.Errorf("a second backup ends with %d: %s", status, out)
	}
	if status, out := k.says(ctx, "backup", db, copied, "--force"); status != statusDone {
		t.Errorf("a backup by force ends with %d: %s", status, out)
	}
	for _, name := range []string{copied, db, adminSocket(db)} {
		info, err := os.Stat(name)
		if err != nil {
			t.Error(err)
		} else if others := info.Mode().Perm() & 0o077; others != 0 && runtime.GOOS != "windows" {
			t.Errorf("%s can be used by others: %v", filepath.Base(name), info.Mode())
		}
	}
	left, err := filepath.Glob(db + ".doctor-*")
	if unfinished, _ := filepath.Glob(copied + ".*"); err != nil || len(left)+len(unfinished) > 0 {
		t.Errorf("left behind: %v %v", left, unfinished)
	}

	k.kill()
	if status, out := k.says(ctx, "doctor"); status != statusDone || strings.Contains(out, "a bot is running") {
		t.Errorf("doctor of a bot that was killed ends with %d: %s", status, out)
	}
	if err := os.Rename(copied, db); err != nil {
		t.Fatal(err)
	}
	k.start()
	k.press(ctx, anna, "Left")
	k.wait(ctx, "The end: Out")
	k.toldOnce("left")
}

// A copy of a database with a problem does not take the place of a good one.
func TestABackupWithAProblemIsNotFinished(t *testing.T) {
	ctx, k, _ := underway(t, 20, "Beat one.")
	k.kill()
	db := k.db
	text, err := os.ReadFile(db)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(db, []byte(strings.ReplaceAll(string(text), `"phase":"`, `"phase":#`)), 0o600); err != nil {
		t.Fatal(err)
	}
	copied := filepath.Join(filepath.Dir(db), "copy.db")
	if err := os.WriteFile(copied, []byte("good"), 0o600); err != nil {
		t.Fatal(err)
	}
	status, out := k.says(ctx, "backup", "--force", copied)
	if status != statusFault || !strings.Contains(out, `live "`) || !strings.Contains(out, "its checksum is wrong") || !strings.Contains(out, "copy.db.tmp") {
		t.Errorf("backup ends with %d: %s", status, out)
	}
	if kept, err := os.ReadFile(copied); err != nil || string(kept) != "good" {
		t.Errorf("the good backup is gone: %v", err)
	}
	if _, err := os.Stat(copied + ".tmp"); errors.Is(err, os.ErrNotExist) {
		t.Error("the copy is not where it is said to be")
	}
	if status, out := k.says(ctx, "doctor"); status != statusFault || !strings.Contains(out, "1 problem found") {
		t.Errorf("doctor ends with %d: %s", status, out)
	}
}

// A database that a rehearsal or another program has is not said to have a bot that gives copies.
func TestDoctorAndBackupOfADatabaseThatGivesNoCopies(t *testing.T) {
	t.Parallel()
	db := filepath.Join(t.TempDir(), "bot.db")
	held, err := store.Open(db, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer held.Close()
	for _, args := range [][]string{{"doctor", db}, {"backup", db, db + ".copy"}} {
		var out, errs strings.Builder
		p := program{out: &out, err: &errs, env: func(string) string { return "" }}
		if status := p.run(t.Context(), args); status != statusFault || out.Len() > 0 {
			t.Errorf("%s ends with %d: %s", args[0], status, &out)
		}
		if said := errs.String(); !strings.Contains(said, "no bot answers beside it") || !strings.Contains(said, "a rehearsal or another program has it, stop that") {
			t.Errorf("%s says %s", args[0], said)
		}
	}
	if left, err := filepath.Glob(db + ".*"); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// A database that is cut short is no backup, and the error says what is the matter and what to do.
func TestABackupOfWhatIsCutShort(t *testing.T) {
	ctx, k, _ := underway(t, 20, "Beat one.")
	k.kill()
	const some = 20_000 // bytes: its first pages, with no more than the beginning of the others
	if err := os.Truncate(k.db, some); err != nil {
		t.Fatal(err)
	}
	copied := filepath.Join(filepath.Dir(k.db), "copy.db")
	status, out := k.says(ctx, "backup", copied)
	if status != statusFault || !strings.HasPrefix(out, "bot: error: the database "+k.db+" is damaged: it is cut short\nbot: hint: ") {
		t.Errorf("backup ends with %d: %s", status, out)
	}
	if left, err := filepath.Glob(copied + "*"); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// A database that is destroyed under a running bot ends it, with its reason and what to do as the last lines.
func TestADatabaseThatIsDestroyed(t *testing.T) {
	ctx, k, _ := underway(t, 20, "Beat one.")
	if err := os.Truncate(k.db, 0); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	process := k.process.Process
	ended := context.AfterFunc(ctx, func() { process.Signal(syscall.SIGQUIT) }) // so that the log says what it waits for
	defer ended()
	err := k.process.Wait()
	k.process = nil
	log := k.log.String()
	lines := strings.Split(strings.TrimSpace(log), "\n")
	last := strings.Join(lines[max(0, len(lines)-2):], "\n")
	if err == nil || !strings.HasPrefix(last, "bot: error: the database ") || !strings.Contains(last, "\nbot: hint: ") || strings.Contains(log, "goroutine ") {
		t.Errorf("it ended with %v: %s", err, log)
	}
}
