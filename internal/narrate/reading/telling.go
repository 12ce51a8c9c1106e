package reading

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// tell says the next beat; where there is no more text, it opens the vote or ends the reading.
func (t *turn) tell() {
	t.s.Due = time.Time{}
	t.changed()
	story, err := t.p.Load(t.s.Ink)
	if err != nil {
		t.broke(err)
		return
	}
	b, err := t.compose(story)
	if err != nil {
		t.broke(err)
		return
	}
	if !b.empty() {
		t.s.Ink = story.Save()
		t.s.Beats++
		t.s.Words += b.words
		t.s.Asks = asks(b.Text)
		t.s.Rest = t.s.Settings.scaled(t.s.Settings.readingTime(b.words) + b.rest)
		t.say("b", Message{Beat: &b.Beat})
		t.log(Entry{Beat: &b.Beat})
		return
	}
	t.s.Ink = story.Save()
	if choices := story.Choices(); len(choices) > 0 {
		t.openVote(choices)
		return
	}
	t.finish()
}

// finish tells the ending of a story that has come to its end. The reading is over when that is on screen: until then it
// can be held like any other, so that an ending is not lost to a permission that is missing for an hour.
func (t *turn) finish() {
	t.say("end", Message{Ending: &Ending{
		Name: t.s.Ending, Votes: t.s.Votes, Words: t.s.Words, Untold: t.s.Untold,
	}})
	t.edit(CardKey, t.s.Card, Message{Card: t.card()})
	t.log(Entry{Ended: true, Ending: t.s.Ending})
}

// end ends a reading whose ending is on screen, or never will be.
func (t *turn) end() {
	t.s.Phase = Over
	t.s.Due = time.Time{}
	t.s.Held = Held{}
}

// ending says whether the ending is on its way.
func (t *turn) ending() bool {
	return slices.ContainsFunc(t.s.Outbox, func(m Message) bool { return m.Ending != nil })
}

// broke ends a reading whose story cannot go on.
func (t *turn) broke(err error) {
	t.s.Phase = Over
	t.s.Due = time.Time{}
	t.s.Vote = nil
	t.s.Fault = err.Error()
	t.notice(NoticeBroke, "", err.Error())
	t.edit(CardKey, t.s.Card, Message{Card: t.card()})
	t.log(Entry{Steered: "broke", Ended: true})
}

func errSilent() error {
	return fmt.Errorf("%d lines in a row without a word: the story runs in a circle", MaxSilent)
}

// asks says whether the text ends with a question; quotation marks do not hide it.
func asks(text string) bool {
	return strings.HasSuffix(strings.TrimRight(text, "\"'”’»*_ "), "?")
}
