package vm

// appendText appends the text in the output, without its tags, as it is shown:
// blanks in a row become one space, and those at the ends of lines go.
func (o *output) appendText(b []byte) []byte {
	c := cleaner{b: b, base: len(b)}
	inTag := false
	for i := range o.items {
		switch it := &o.items[i]; {
		case it.kind == pieceBeginTag:
			inTag = true
		case it.kind == pieceEndTag:
			inTag = false
		case it.isText() && !inTag:
			c.add(it.s)
		}
	}
	return c.b
}

// cleaner joins texts and puts their white space in order.
type cleaner struct {
	b     []byte
	base  int  // where the text begins in b
	blank bool // blanks came before the next byte
}

func (c *cleaner) add(s string) {
	for i := 0; i < len(s); i++ {
		switch ch := s[i]; {
		case ch == ' ' || ch == '\t':
			c.blank = true
			continue
		case ch != '\n' && c.blank && len(c.b) > c.base && c.b[len(c.b)-1] != '\n':
			c.b = append(c.b, ' ', ch)
		default:
			c.b = append(c.b, ch)
		}
		c.blank = false
	}
}

// clean returns text with its white space in order.
func clean(text string) string {
	c := cleaner{b: make([]byte, 0, len(text))}
	c.add(text)
	return string(c.b)
}

// tags returns the tags in the output.
func (o *output) tags() []string {
	var tags []string
	var c cleaner
	inTag := false
	end := func() {
		if len(c.b) > 0 || c.blank {
			tags = append(tags, string(c.b))
		}
		c = cleaner{b: c.b[:0]}
	}
	for i := range o.items {
		switch it := &o.items[i]; {
		case it.kind == pieceBeginTag:
			if inTag {
				end()
			}
			inTag = true
		case it.kind == pieceEndTag:
			end()
			inTag = false
		case it.kind == pieceTag && !inTag && it.s != "":
			tags = append(tags, it.s)
		case it.isText() && inTag:
			c.add(it.s)
		}
	}
	if inTag {
		end()
	}
	return tags
}

// countTags returns how many tags tags would return.
func (o *output) countTags() int {
	n := 0
	inTag, any := false, false
	end := func() {
		if any {
			n++
		}
		any = false
	}
	for i := range o.items {
		switch it := &o.items[i]; {
		case it.kind == pieceBeginTag:
			end()
			inTag = true
		case it.kind == pieceEndTag:
			end()
			inTag = false
		case it.kind == pieceTag && !inTag && it.s != "":
			n++
		case it.isText() && inTag && it.s != "":
			any = true
		}
	}
	end()
	return n
}
