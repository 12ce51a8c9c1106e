package reading

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"storyteller/internal/cue"
	"storyteller/internal/ink"
)

// beat is a Beat in the making.
type beat struct {
	Beat
	words int
	rest  time.Duration // silence asked for beyond the reading time
	last  bool          // nothing may follow in this beat
}

func (b *beat) empty() bool {
	return b.Text == "" && b.Image == nil && b.Chapter == ""
}

// compose takes as many lines as make a beat.
func (t *turn) compose(story *ink.Story) (beat, error) {
	var b beat
	for silent := 0; !b.last; {
		line, ok, err := t.next(story)
		if err != nil {
			return b, err
		}
		if !ok {
			break
		}
		d := direct(line.Tags)
		if !b.empty() && !b.fits(line.Text, d) {
			t.putBack(line)
			break
		}
		t.take(&b, line, d)
		if line.Text == "" {
			if silent++; silent > MaxSilent {
				return b, errSilent()
			}
		}
	}
	return b, nil
}

// next is the next line: one that was put back, or one that ink tells now.
func (t *turn) next(story *ink.Story) (Passage, bool, error) {
	if len(t.s.Queue) > 0 {
		line := t.s.Queue[0]
		t.s.Queue = t.s.Queue[1:]
		return line, true, nil
	}
	if !story.CanContinue() {
		return Passage{}, false, nil
	}
	line, err := story.Continue()
	if err != nil {
		return Passage{}, false, err
	}
	parts := split(strings.TrimSpace(line.Text), MaxBeatRunes)
	for _, part := range parts[1:] {
		t.s.Queue = append(t.s.Queue, Passage{Text: part})
	}
	return Passage{Text: parts[0], Tags: line.Tags}, true, nil
}

func (t *turn) putBack(line Passage) {
	t.s.Queue = append([]Passage{line}, t.s.Queue...)
}

// fits says whether the line may join the beat.
func (b *beat) fits(text string, d directives) bool {
	if d.opens() || text != "" && d.speaker != b.Speaker {
		return false
	}
	return b.words+countWords(text) <= BeatWords && utf8.RuneCountInString(b.Text)+utf8.RuneCountInString(text)+2 <= MaxBeatRunes
}

// take adds the line to the beat, and what its tags ask for.
func (t *turn) take(b *beat, line Passage, d directives) {
	if line.Text != "" {
		if b.Text != "" {
			b.Text += "\n\n"
		}
		b.Text += line.Text
		b.words += countWords(line.Text)
		b.Speaker = d.speaker
	}
	if d.chapter != "" {
		b.Chapter = d.chapter
	}
	if d.image != nil {
		b.Image = d.image
	}
	if d.ending != "" {
		t.s.Ending = d.ending
	}
	if d.voteFor > 0 {
		t.s.VoteFor = max(d.voteFor, cue.ShortestVote)
	}
	if d.rest > 0 {
		b.rest = d.rest
		b.last = true
	}
}

func countWords(text string) int {
	return len(strings.Fields(text))
}

// split cuts text into parts of at most most runes, after the end of a sentence where there is one, else between words.
// It always returns at least one part.
func split(text string, most int) []string {
	var parts []string
	for utf8.RuneCountInString(text) > most {
		at := cut(text, most)
		parts = append(parts, strings.TrimRightFunc(text[:at], unicode.IsSpace))
		text = strings.TrimLeftFunc(text[at:], unicode.IsSpace)
	}
	return append(parts, text)
}

// cut returns the byte offset of the best place to cut within the first most runes.
func cut(text string, most int) int {
	sentence, word, count := 0, 0, 0
	var before rune
	for i, r := range text {
		if count == most {
			if sentence > 0 {
				return sentence
			}
			if word > 0 {
				return word
			}
			return i
		}
		if unicode.IsSpace(r) {
			word = i
			if strings.ContainsRune(".!?…”\"’»", before) {
				sentence = i
			}
		}
		before = r
		count++
	}
	return len(text)
}
