package syntax

// sequenceKind reads !&~$ or the words for them and a colon; false, and nothing read, if neither is there.
func (p *parser) sequenceKind() (SequenceKind, bool) {
	start := p.i
	kind := p.sequenceSigns()
	if kind == 0 {
		if kind = p.sequenceWords(); kind == 0 {
			p.i = start
			return 0, false
		}
	}
	switch kind {
	case Once, Cycle, Stopping, Shuffle, Shuffle | Stopping, Shuffle | Once:
	default:
		p.fail(start, "these kinds of sequence cannot be joined", "'shuffle' can be joined with 'once' or 'stopping', the others stand alone")
		kind = Stopping
	}
	return kind, true
}

func (p *parser) sequenceSigns() (kind SequenceKind) {
	for {
		switch p.peek() {
		case '!':
			kind |= Once
		case '&':
			kind |= Cycle
		case '~':
			kind |= Shuffle
		case '$':
			kind |= Stopping
		default:
			return kind
		}
		p.i++
	}
}

func (p *parser) sequenceWords() (kind SequenceKind) {
	for {
		switch p.word() {
		case "once":
			kind |= Once
		case "cycle":
			kind |= Cycle
		case "shuffle":
			kind |= Shuffle
		case "stopping":
			kind |= Stopping
		default:
			if p.takeByte(':') {
				return kind
			}
			return 0
		}
		p.name()
		p.space()
	}
}

// sequence reads the elements, in one line with bars between or as a block with dashes.
func (p *parser) sequence(place Place, kind SequenceKind) Node {
	s := &Sequence{Place: place, Kind: kind}
	if p.newline() {
		p.sequenceBlock(s)
	} else {
		p.alternatives(s)
	}
	if len(s.Elements) == 0 {
		p.failf(p.i, "give the alternatives, like {a|b}, or lines that begin with '-'", "expected the elements of the sequence, but saw %s", p.saw())
		return nil
	}
	return s
}

// alternatives reads a|b|c. Any of them may be empty, but not the only one.
func (p *parser) alternatives(s *Sequence) {
	for {
		el := p.mixed(nil)
		bar := p.takeByte('|')
		if el == nil && !bar && len(s.Elements) == 0 {
			return
		}
		s.Elements = append(s.Elements, el)
		if !bar {
			return
		}
	}
}

func (p *parser) sequenceBlock(s *Sequence) {
	p.blankLines()
	p.space()
	for p.atDash() {
		at := p.here()
		p.i++
		p.space()
		body := p.innerStatements()
		if body != nil {
			// Each element of a block starts a line of its own.
			body = append([]Node{&Text{at, "\n"}}, body...)
		}
		s.Elements = append(s.Elements, body)
	}
}
