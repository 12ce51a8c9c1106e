package vm

import "sync"

// desk is the memory that a story works in while a line comes together. Between
// lines a story needs none of it, so that a hundred thousand readings that wait
// for a choice can share a few.
type desk struct {
	out     output
	snap    snapshot
	scratch []byte
}

// idle is the desk of every story between lines. Nothing writes to it.
var idle = &desk{}

var desks = sync.Pool{New: func() any { return new(desk) }}

// Desks that became larger than this are not kept for the next line.
const (
	keptPieces = 1 << 10
	keptBytes  = 16 << 10
	keptFrames = 64
)

func (s *Story) enterDesk() {
	s.desk = desks.Get().(*desk)
	s.out.reset()
	s.snap.active = false
}

func (s *Story) leaveDesk() {
	d := s.desk
	s.desk = idle
	if cap(d.out.items) > keptPieces || cap(d.snap.out.items) > keptPieces || cap(d.scratch) > keptBytes ||
		cap(d.snap.threads) > keptFrames || cap(d.snap.undo) > keptPieces || cap(d.snap.choices) > keptFrames {
		return
	}
	desks.Put(d)
}
