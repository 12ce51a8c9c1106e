package rehearse

import (
	"context"
	"net"
	"testing"
)

// stage is a rehearsal on a port, with a scripted bot.
type stage struct {
	*room
	url  string
	addr string
	stop func()
}

func newStage(t *testing.T, answer func(interaction) any) *stage {
	t.Helper()
	s := &stage{room: newRoom(t, answer), addr: "127.0.0.1:0"}
	s.open(t)
	t.Cleanup(func() { s.stop() })
	return s
}

// open serves the page, at the same address again after a stop.
func (s *stage) open(t *testing.T) {
	t.Helper()
	l, err := net.Listen("tcp", s.addr)
	if err != nil {
		t.Fatal(err)
	}
	s.addr, s.url = l.Addr().String(), URL(l.Addr())
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- New(s.fake, Options{}).Serve(ctx, l) }()
	s.stop = func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("serve: %v", err)
		}
		ended <- nil
	}
}
