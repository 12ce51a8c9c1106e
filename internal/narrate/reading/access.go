package reading

// barred stops the clock of a reading whose channel was locked: nobody could vote.
func (t *turn) barred() {
	if t.s.Phase != OnHold && t.s.Phase != Over {
		t.block(Forbidden)
	}
}

// admitted lets a reading go on that was kept from being shown, unless a member wanted it paused as well.
func (t *turn) admitted() {
	if t.s.Phase == OnHold && t.s.Held.Why == Forbidden {
		t.resume(Resumed{})
	}
}
