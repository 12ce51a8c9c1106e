package reading

// barred stops the clock of a reading whose channel was locked: nobody could vote.
func (t *turn) barred() {
	if t.s.Phase != OnHold && t.s.Phase != Over {
		t.forbid(nil)
	}
}

// forbid has the reading wait until it may be shown again. Being refused again changes nothing.
func (t *turn) forbid(why error) {
	if t.s.Phase != OnHold || t.s.Held.Why != Forbidden {
		t.effects = append(t.effects, Stuck{Why: why})
	}
	t.block(Forbidden)
}

// admitted lets a reading go on that was kept from being shown, unless a member wanted it paused as well.
func (t *turn) admitted() {
	if t.s.Phase == OnHold && t.s.Held.Why == Forbidden {
		t.resume(Resumed{})
	}
}
