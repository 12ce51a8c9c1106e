package store

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// No more can be written to the real disk: the system refuses whatever would make a file longer. What was saved stays, what was not is
// not there, and all goes on when there is room.
func TestARealDiskThatIsFull(t *testing.T) {
	path := filepath.Join(t.TempDir(), "test.db")
	s, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	fill(t, s, path)
}

// The same on a file system that has no more room.
func TestAFileSystemThatIsFull(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("none", dir, "tmpfs", 0, "size=2m"); err != nil {
		t.Skipf("this user may not mount a small file system: %v", err)
	}
	defer syscall.Unmount(dir, syscall.MNT_DETACH) //nolint:errcheck // the folder goes with it
	s, err := Open(filepath.Join(dir, "test.db"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	kept, big := 0, []byte(strings.Repeat("x", 100<<10))
	for ; kept < 100; kept++ {
		if err := s.Remember(t.Context(), fmt.Sprint(kept), big); err != nil {
			if !errors.Is(err, syscall.ENOSPC) {
				t.Errorf("it fails with %v", err)
			}
			break
		}
	}
	if kept == 0 || kept == 100 {
		t.Fatalf("%d writes were done", kept)
	}
	for i := range kept + 1 {
		if got := recall(t, s, fmt.Sprint(i)); (got == string(big)) != (i < kept) {
			t.Errorf("note %d of %d has %d bytes", i, kept, len(got))
		}
	}
	if err := s.Remember(t.Context(), "0", nil); err != nil {
		t.Logf("making room needs room: %v", err)
	}
}

// fill lets no file grow beyond what this one has, writes until that is felt, and lets them grow again.
func fill(t *testing.T, s *Store, path string) {
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		t.Skip(err)
	}
	tight := limit
	tight.Cur = uint64(info.Size())
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &tight); err != nil {
		t.Skip(err)
	}
	defer syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit) //nolint:errcheck // it was allowed before
	big := []byte(strings.Repeat("x", 2<<20))
	if err := s.Remember(t.Context(), "small", []byte("1")); err != nil {
		t.Errorf("what needs no room: %v", err)
	}
	for range 3 {
		if err := s.Remember(t.Context(), "big", big); err == nil || !strings.Contains(err.Error(), syscall.EFBIG.Error()) { // bbolt does not wrap it
			t.Errorf("what needs room: %v", err)
		}
	}
	if small, none := recall(t, s, "small"), recall(t, s, "big"); small != "1" || none != "" {
		t.Errorf("it reads %q and %d bytes", small, len(none))
	}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		t.Fatal(err)
	}
	if err := s.Remember(t.Context(), "big", big); err != nil {
		t.Errorf("when there is room: %v", err)
	}
	if got := recall(t, s, "big"); got != string(big) {
		t.Errorf("it reads %d bytes", len(got))
	}
}

// A real sync fails, whichever: a process under a tracer is told so by the system. What it was told is saved is there, and
// what it was told is not is not.
func TestARealSyncThatFails(t *testing.T) {
	if path := os.Getenv("STORE_TEST_SYNC"); path != "" {
		writeWhileSyncsFail(t, path)
		return
	}
	if _, err := exec.LookPath("strace"); err != nil {
		t.Skip("there is no strace to make syncs fail with")
	}
	failed := 0
	for n := 5; n <= 12; n++ { // the first ones lay the file out
		path := filepath.Join(t.TempDir(), "test.db")
		run := exec.Command("strace", "-f", "-o", os.DevNull, "-e", "trace=fdatasync,fsync", "-e", fmt.Sprintf("inject=fdatasync:error=EIO:when=%d", n),
			os.Args[0], "-test.run=^TestARealSyncThatFails$", "-test.v")
		run.Env = append(os.Environ(), "STORE_TEST_SYNC="+path)
		out, err := run.CombinedOutput()
		if err != nil {
			if strings.Contains(string(out), "ptrace") {
				t.Skipf("this user may not trace: %s", out)
			}
			t.Fatalf("sync %d: %v: %s", n, err, out)
		}
		failed += strings.Count(string(out), "was not saved")
		if got := problems(t, path); len(got) > 0 {
			t.Errorf("sync %d: %s", n, strings.Join(got, "\n"))
		}
	}
	if failed == 0 {
		t.Error("no sync has failed")
	}
}

func writeWhileSyncsFail(t *testing.T, path string) {
	s, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	saved := map[string]bool{}
	for i := range 8 {
		name := fmt.Sprint(i)
		if err := s.Remember(t.Context(), name, []byte("1")); err != nil {
			t.Logf("note %s was not saved: %v", name, err)
			continue
		}
		saved[name] = true
	}
	for range 2 {
		for i := range 8 {
			if got := recall(t, s, fmt.Sprint(i)); (got == "1") != saved[fmt.Sprint(i)] {
				t.Errorf("note %d reads %q", i, got)
			}
		}
		s.Close()
		if s, err = Open(path, Options{}); err != nil {
			t.Fatal(err)
		}
	}
	s.Close()
}
