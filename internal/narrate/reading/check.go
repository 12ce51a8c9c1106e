package reading

import (
	"errors"
	"fmt"
	"slices"

	"storyteller/internal/cue"
)

// Check says what about a state cannot be true. It is run on every record that is loaded and after every test.
func (s State) Check() error {
	var wrong []error
	bad := func(format string, a ...any) { wrong = append(wrong, fmt.Errorf(format, a...)) }
	if s.ID == "" || s.Place.Channel == "" || s.Host == "" || s.Program == "" {
		bad("it lacks an id, a channel, a host or a program")
	}
	phases := []Phase{Lobby, Telling, Voting, OnHold, Over}
	if !slices.Contains(phases, s.Phase) {
		bad("there is no phase %q", s.Phase)
	}
	active := s.Phase
	if s.Phase == OnHold {
		active = s.Held.Phase
		if active == OnHold || active == Over || !slices.Contains(phases, active) {
			bad("a pause cannot go on with phase %q", active)
		}
	} else if s.Held != (Held{}) {
		bad("something is held in phase %q", s.Phase)
	}
	if (active == Voting) != (s.Vote != nil) {
		bad("phase %q with an open vote: %v", active, s.Vote != nil)
	}
	if s.Phase != Lobby && s.Phase != Telling && !s.Due.IsZero() {
		bad("something is due in phase %q", s.Phase)
	}
	if s.Phase == Lobby && s.Due.IsZero() {
		bad("a lobby that never closes")
	}
	if s.Phase == Telling && s.Due.IsZero() && len(s.Outbox) == 0 {
		bad("nothing is due and nothing is on its way")
	}
	if !slices.IsSorted(s.Readers) || len(slices.Compact(slices.Clone(s.Readers))) != len(s.Readers) {
		bad("the readers are not in order")
	}
	wrong = append(wrong, s.checkOutbox(), s.Vote.check(s.Phase))
	return errors.Join(wrong...)
}

func (s State) checkOutbox() error {
	seen := map[string]bool{}
	for _, m := range s.Outbox {
		kinds := 0
		for _, set := range []bool{m.Card != nil, m.Beat != nil, m.Poll != nil, m.Notice != nil, m.Ending != nil} {
			if set {
				kinds++
			}
		}
		switch {
		case m.Key == "" || kinds != 1:
			return fmt.Errorf("message %q of the outbox is %d messages", m.Key, kinds)
		case seen[m.Key]:
			return fmt.Errorf("message %q is in the outbox twice", m.Key)
		case m.Edit != "" && m.ID == "" && !seen[m.Edit]:
			return fmt.Errorf("message %q edits %q, which is not on screen", m.Key, m.Edit)
		}
		seen[m.Key] = true
	}
	return nil
}

func (v *OpenVote) check(phase Phase) error {
	switch {
	case v == nil:
		return nil
	case v.Number < 1 || len(v.Options) == 0 || len(v.Options) > cue.MaxChoices || v.Key == "":
		return fmt.Errorf("vote %d with %d options", v.Number, len(v.Options))
	case phase == Voting && v.Closes.IsZero():
		return errors.New("an open vote that never closes")
	case phase == OnHold && !(v.Closes.IsZero() && v.Early.IsZero()):
		return errors.New("the clock of a held vote is running")
	}
	return nil
}
