package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"syscall"
	"time"

	"storyteller/internal/store"
)

// actDisk is something that happens to the disk.
func (r *room) actDisk(what string) error {
	switch what {
	case "fills":
		r.seen.say("the disk is full")
		r.setDisk(func(func() error) error { return syscall.ENOSPC })
	case "is slow":
		r.seen.say("the disk is slow")
		r.setDisk(func(commit func() error) error {
			time.Sleep(slowCommit)
			return commit()
		})
	case "loses a sync": // what was written may be on the disk or not
		r.seen.say("the disk loses what it is given last")
		r.setDisk(func(commit func() error) error { return errors.Join(commit(), syscall.EIO) })
	case "is well":
		r.seen.say("the disk is well again")
		r.setDisk(nil)
	case "is copied":
		r.seen.say("the database is copied")
		return r.copyDatabase()
	case "is put back":
		r.seen.say("the copy is put in the place of the database")
		return os.Rename(r.db+".copy", r.db)
	case "flips a bit": // in every reading
		r.seen.say("the disk flips a bit")
		return r.replaceOnDisk(`"phase":"`, `"phase":#`)
	case "flips a bit of logs": // in the number of every second entry
		r.seen.say("the disk flips a bit of what was told")
		return r.replaceOnDisk("\x00\x00\x00\x00\x00\x00\x00\x02{", "\x00\x00\x00\x00\x00\x00\x00\x0a{")
	default:
		return fmt.Errorf("the disk cannot %q", what)
	}
	return nil
}

// slowCommit is longer than a member's patience, and shorter than Discord's.
const slowCommit = 2 * time.Second

// copyDatabase takes a copy from the bot that runs, as bot backup does.
func (r *room) copyDatabase() error {
	out, err := os.Create(r.db + ".copy")
	if err != nil {
		return err
	}
	if err := errors.Join(r.app.store.Backup(r.t.Context(), out, func(int64) {}), out.Close()); err != nil {
		return err
	}
	return store.Part(r.t.Context(), out.Name(), time.Now())
}

// replaceOnDisk changes all that reads so in a database that no bot has open.
func (r *room) replaceOnDisk(old, other string) error {
	text, err := os.ReadFile(r.db)
	if err != nil {
		return err
	}
	return os.WriteFile(r.db, bytes.ReplaceAll(text, []byte(old), []byte(other)), 0o600)
}

func (r *room) setDisk(disk func(commit func() error) error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.disk = disk
}

// toDisk takes a commit to the disk as it is now.
func (r *room) toDisk(commit func() error) error {
	r.mu.Lock()
	disk := r.disk
	r.mu.Unlock()
	if disk == nil {
		return commit()
	}
	return disk(commit)
}
