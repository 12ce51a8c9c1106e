package main

import (
	"fmt"
	"syscall"
)

// actDisk is something that happens to the disk.
func (r *room) actDisk(what string) error {
	switch what {
	case "fills":
		r.seen.say("the disk is full")
		r.setDisk(func(func() error) error { return syscall.ENOSPC })
	case "is well":
		r.seen.say("the disk is well again")
		r.setDisk(nil)
	default:
		return fmt.Errorf("the disk cannot %q", what)
	}
	return nil
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
