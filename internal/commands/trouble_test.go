package commands

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"storyteller/internal/narrate/reading"
)

// broken is a fault of what was saved, and a narrator that cannot read the log for it.
type broken struct {
	Narrator
	lasting bool
}

func (b broken) Error() string { return "it is broken" }
func (b broken) Lasting() bool { return b.lasting }

func (b broken) Log(context.Context, string) ([]reading.Entry, error) {
	return nil, fmt.Errorf("log: %w", b)
}

// Nobody is told to try again what cannot succeed.
func TestAFaultThatLastsIsNotToBeTriedAgain(t *testing.T) {
	for lasting, says := range map[bool]string{true: "trying again will not help", false: "try again in a moment"} {
		c := &Commands{narrator: broken{lasting: lasting}, log: slog.New(slog.DiscardHandler)}
		if text := c.transcript(t.Context(), Request{}, reading.State{}).Text; !strings.Contains(text, says) {
			t.Errorf("lasting %t: %s", lasting, text)
		}
	}
	c := &Commands{log: slog.New(slog.DiscardHandler)}
	if text := c.trouble(Request{}, "steer", errors.New("any other")).Text; !strings.Contains(text, "try again in a moment") {
		t.Errorf("any other fault: %s", text)
	}
}
