package discord

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestAShortAbsenceIsNoIllness(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &Bot{pulse: newPulse()}
		well := func() bool { return b.Healthy() == nil }
		if well() {
			t.Error("well before it was ever connected")
		}
		time.Sleep(offlineGrace + time.Second)
		if err := b.Healthy(); err == nil || !strings.Contains(err.Error(), "2m1s") {
			t.Errorf("after a start that never succeeded: %v", err)
		}
		b.pulse.beat(true)
		time.Sleep(time.Hour)
		if !well() {
			t.Error("unwell while connected")
		}
		b.pulse.beat(false)
		time.Sleep(offlineGrace / 2)
		b.pulse.beat(false) // another attempt failed: it has been away since the first
		if !well() {
			t.Error("unwell after a moment")
		}
		time.Sleep(offlineGrace/2 + time.Second)
		if well() {
			t.Error("well after a long absence")
		}
	})
}
