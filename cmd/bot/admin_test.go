package main

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"
)

// deadlined notes until when each piece may take.
type deadlined struct {
	*httptest.ResponseRecorder
	until []time.Time
}

// SetWriteDeadline is what http.ResponseController calls.
func (d *deadlined) SetWriteDeadline(at time.Time) error {
	d.until = append(d.until, at)
	return nil
}

// Whoever takes a copy has the same time for each piece of it, however long the whole takes.
func TestEachPieceOfACopyHasItsTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := &deadlined{ResponseRecorder: httptest.NewRecorder()}
		p := patient{w: d, control: http.NewResponseController(d)}
		for n := range 3 {
			if _, err := p.Write([]byte("piece")); err != nil {
				t.Fatal(err)
			}
			if len(d.until) != n+1 || !d.until[n].Equal(time.Now().Add(copyStall)) {
				t.Fatalf("piece %d may take until %v, now is %v", n, d.until, time.Now())
			}
			time.Sleep(copyStall / 2)
		}
		if text := d.Body.String(); text != "piecepiecepiece" {
			t.Errorf("%q was written", text)
		}
	})
}
