package reading

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"storyteller/internal/ink"
	"storyteller/internal/narrate/vote"
)

// tale has beats of one line, two votes in a row and three endings.
const tale = `# title: Tale
One. # beat
Two. # beat
* [Left]
  Left. # beat
* [Right]
  Right. # beat
* [Stay]
  Stay. # ending: Stayed
  -> END
- Between. # beat
* [Up]
  Up. # ending: Risen
* [Down]
  Down. # ending: Fallen
- -> END
`

func compile(t testing.TB, source string) *ink.Program {
	t.Helper()
	p, err := ink.Compile(fstest.MapFS{"tale.ink": {Data: []byte(source)}}, "tale.ink")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func open(t testing.TB, p *ink.Program, settings Settings, now time.Time) State {
	t.Helper()
	s, err := Open(p, Opening{
		ID: "1", Place: Place{Guild: "g", Channel: "c"}, Host: "host", Story: Story{ID: "tale", Title: "Tale"},
		Program: p.Hash(), Seed: 7, Settings: settings,
	}, now)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

var start = time.Date(1963, 11, 21, 20, 0, 0, 0, time.UTC)

// house runs a reading by hand: a stage that shows all it is given, and a clock that jumps to the next wake.
type house struct {
	t     *testing.T
	p     *ink.Program
	s     State
	now   time.Time
	ids   int
	shown []Message
	log   []Entry
	last  []Effect
}

func newHouse(t *testing.T, source string, settings Settings) *house {
	p := compile(t, source)
	return &house{t: t, p: p, s: open(t, p, settings, start), now: start}
}

// step applies one event, and checks what has to hold after every step.
func (h *house) step(e Event) {
	h.t.Helper()
	before := h.s.Revision
	record, err := Encode(h.s)
	if err != nil {
		h.t.Fatal(err)
	}
	next, effects := Step(h.p, h.s, e, h.now)
	again, err := Encode(h.s)
	if err != nil || string(again) != string(record) {
		h.t.Fatalf("%T changed the state that it was given", e)
	}
	after, err := Encode(next)
	if err != nil {
		h.t.Fatal(err)
	}
	if next.Revision == before && string(after) != string(record) {
		h.t.Fatalf("%T changed the record and not its revision:\n%s\n%s", e, record, after)
	}
	if err := next.Check(); err != nil {
		h.t.Fatalf("after %#v: %v\n%s", e, err, after)
	}
	decoded, err := Decode(after)
	if err != nil {
		h.t.Fatal(err)
	}
	if back, _ := Encode(decoded); string(back) != string(after) {
		h.t.Fatalf("the record is not the same after a load:\n%s\n%s", after, back)
	}
	h.s, h.last = next, effects
	for _, e := range effects {
		if entry, ok := e.(Entry); ok {
			h.log = append(h.log, entry)
		}
	}
}

// show has the stage show the first message of the outbox.
func (h *house) show() {
	h.t.Helper()
	m := h.s.Outbox[0]
	h.shown = append(h.shown, m)
	h.ids++
	h.step(Posted{Key: m.Key, ID: fmt.Sprint("m", h.ids)})
}

func (h *house) showAll() {
	h.t.Helper()
	for len(h.s.Outbox) > 0 && !h.s.Blocked() {
		h.show()
	}
}

// onward lets the clock jump to the next wake.
func (h *house) onward() {
	h.t.Helper()
	wake := h.s.Wake()
	if wake.IsZero() {
		h.t.Fatalf("nothing will happen any more in phase %s", h.s.Phase)
	}
	if wake.After(h.now) {
		h.now = wake
	}
	h.step(Ticked{})
	h.showAll()
}

// until goes on until the phase is reached.
func (h *house) until(phase Phase) {
	h.t.Helper()
	h.showAll()
	for range 1000 {
		if h.s.Phase == phase {
			return
		}
		h.onward()
	}
	h.t.Fatalf("phase %s is not reached", phase)
}

func (h *house) vote(voter string, option int, order uint64) Answer {
	h.t.Helper()
	n := 0
	if h.s.Vote != nil {
		n = h.s.Vote.Number
	}
	h.step(Voted{Vote: n, Option: option, Voter: voter, Order: order})
	return h.answer()
}

func (h *house) answer() Answer {
	h.t.Helper()
	for _, e := range h.last {
		if a, ok := e.(Answer); ok {
			return a
		}
	}
	h.t.Fatal("there is no answer")
	return Answer{}
}

func (h *house) told() []string {
	var all []string
	for _, m := range h.shown {
		if m.Beat != nil {
			all = append(all, m.Beat.Text)
		}
	}
	return all
}

func TestAReadingFromLobbyToEnding(t *testing.T) {
	h := newHouse(t, tale, Settings{})
	h.until(Voting)
	if got := h.vote("host", 1, 10); got.Outcome != Counted || got.Option != "Right" {
		t.Errorf("answer = %+v", got)
	}
	h.until(Telling)
	h.until(Voting)
	h.vote("host", 1, 20)
	h.until(Over)
	if want := []string{"One.", "Two.", "Right.", "Between.", "Down."}; !slices.Equal(h.told(), want) {
		t.Errorf("told %q, want %q", h.told(), want)
	}
	if h.s.Ending != "Fallen" || !h.s.Finished() {
		t.Errorf("ended with %q, finished %v", h.s.Ending, h.s.Finished())
	}
	ending := h.shown[len(h.shown)-2].Ending
	if ending == nil || ending.Name != "Fallen" || ending.Votes != 2 {
		t.Errorf("the ending reads %+v", ending)
	}
	if want := []NotTaken{{1, []string{"Left", "Stay"}}, {2, []string{"Up"}}}; !reflect.DeepEqual(ending.Untold, want) {
		t.Errorf("not taken: %v, want %v", ending.Untold, want)
	}
}

func TestTheClockOfABeatStartsWhenItIsShown(t *testing.T) {
	h := newHouse(t, tale, Settings{})
	h.showAll()
	h.step(Began{By: "host"})
	h.showAll()
	h.now = h.s.Wake()
	h.step(Ticked{}) // typing
	h.now = h.s.Wake()
	h.step(Ticked{}) // the beat is decided
	if !h.s.Wake().IsZero() {
		t.Fatal("the rest began before the beat was shown")
	}
	h.now = h.now.Add(time.Hour) // the stage was away
	h.show()
	if got, want := h.s.Due, h.now.Add(ShortestPause); !got.Equal(want) {
		t.Errorf("due %v, want %v", got, want)
	}
}

func TestAVoteThatWasShownLateStaysOpenForItsWholeTime(t *testing.T) {
	h := newHouse(t, tale, Settings{Vote: time.Minute})
	h.showAll()
	h.step(Began{By: "host"})
	for h.s.Phase != Voting {
		h.showAll()
		h.now = h.s.Wake()
		h.step(Ticked{})
	}
	h.now = h.now.Add(50 * time.Second)
	h.step(Ticked{})
	if h.s.Phase != Voting {
		t.Fatal("the vote closed unseen")
	}
	h.showAll()
	if got, want := h.s.Vote.Closes, h.now.Add(time.Minute); !got.Equal(want) {
		t.Errorf("closes %v, want %v", got, want)
	}
}

func TestPauseKeepsWhatWasLeft(t *testing.T) {
	h := newHouse(t, tale, Settings{Vote: time.Minute})
	h.until(Voting)
	h.vote("anna", 0, 10)
	h.now = h.now.Add(20 * time.Second)
	h.step(Paused{By: "host"})
	h.showAll()
	if !h.s.Wake().IsZero() {
		t.Fatal("the clock runs on")
	}
	if got, ok := h.s.Accepts(Voted{Vote: 1, Option: 1, Voter: "ben", Order: 20}); ok || got.Outcome != VotePaused {
		t.Errorf("a press while paused: %+v", got)
	}
	h.now = h.now.Add(time.Hour)
	h.step(Resumed{By: "host"})
	h.showAll()
	if got, want := h.s.Vote.Closes, h.now.Add(40*time.Second); !got.Equal(want) {
		t.Errorf("closes %v, want %v", got, want)
	}
	if tally := h.s.Vote.Ballots.Tally(3); !slices.Equal(tally, []int{1, 0, 0}) {
		t.Errorf("the ballots are %v", tally)
	}
}

func TestARefusedMessageWaitsForPeople(t *testing.T) {
	h := newHouse(t, tale, Settings{})
	h.until(Voting)
	h.vote("host", 0, 10)
	h.now = h.s.Wake()
	h.step(Ticked{})
	h.showAll()
	for len(h.s.Outbox) == 0 {
		h.now = h.s.Wake()
		h.step(Ticked{})
	}
	beat := h.s.Outbox[0]
	h.step(Refused{Key: beat.Key, Reason: NotAllowed})
	if !h.s.Blocked() || h.s.Outbox[0].Key != beat.Key {
		t.Fatalf("phase %s, outbox %v", h.s.Phase, h.s.Outbox)
	}
	h.step(Resumed{By: "host"})
	if h.s.Blocked() || h.s.Outbox[0].Key != beat.Key {
		t.Fatalf("the beat is not tried again: %v", h.s.Outbox)
	}
	h.until(Voting)
	if want := []string{"One.", "Two.", "Left.", "Between."}; !slices.Equal(h.told(), want) {
		t.Errorf("told %q, want %q", h.told(), want)
	}
}

func TestALongLineIsCutAtTheEndOfASentence(t *testing.T) {
	sentence := "The rain had not let up since Tuesday and nobody on the quay spoke of it. "
	text := strings.TrimSpace(strings.Repeat(sentence, 120))
	parts := split(text, MaxBeatRunes)
	if len(parts) < 3 {
		t.Fatalf("%d parts", len(parts))
	}
	for _, part := range parts {
		if len([]rune(part)) > MaxBeatRunes || !strings.HasSuffix(part, "it.") {
			t.Errorf("a part of %d characters ends %q", len([]rune(part)), part[len(part)-20:])
		}
	}
	if got := strings.Join(parts, " "); got != text {
		t.Error("words were lost between the parts")
	}
	for _, hard := range []string{strings.Repeat("x", 3*MaxBeatRunes), strings.Repeat("é ", 2*MaxBeatRunes)} {
		for _, part := range split(hard, MaxBeatRunes) {
			if n := len([]rune(part)); n > MaxBeatRunes || n == 0 {
				t.Errorf("a part of %d characters", n)
			}
		}
	}
}

func TestALoopWithoutWordsBreaksTheStory(t *testing.T) {
	h := newHouse(t, "VAR n = 0\n-> a\n=== a\n~ n = n + 1\n-> b\n=== b\n-> a\n", Settings{})
	h.until(Over)
	if h.s.Fault == "" {
		t.Error("the story broke without a word")
	}
}

// The ballots of a reading that comes back after a crash are those on disk: any that were acknowledged decide.
func TestBallotsComeBackFromDisk(t *testing.T) {
	h := newHouse(t, tale, Settings{})
	h.until(Voting)
	record, err := Encode(h.s)
	if err != nil {
		t.Fatal(err)
	}
	back, err := Decode(record)
	if err != nil {
		t.Fatal(err)
	}
	back.Vote.Ballots = vote.Ballots{"anna": {Voter: "anna", Option: 2, Order: 5}}
	h.s = back
	h.now = h.s.Vote.Closes
	h.step(Ticked{})
	if got := h.s.Outbox[0].Poll; got.Chosen != 2 || got.Status != StatusChosen {
		t.Errorf("the vote closed as %+v", got)
	}
}

func TestUnknownFormatsAreRefused(t *testing.T) {
	s := open(t, compile(t, tale), Settings{}, start)
	s.Version = Version + 1
	record, err := Encode(s)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Decode(record); err == nil || !strings.Contains(err.Error(), "format") {
		t.Errorf("a record of another format: %v", err)
	}
}

func FuzzDecode(f *testing.F) {
	p := compile(f, tale)
	s := open(f, p, Settings{}, start)
	record, _ := Encode(s)
	f.Add(record)
	next, _ := Step(p, s, Began{By: "host"}, start)
	record, _ = Encode(next)
	f.Add(record)
	f.Fuzz(func(t *testing.T, record []byte) {
		s, err := Decode(record)
		if err != nil {
			return
		}
		s.Wake()
		if s.Vote != nil {
			s.Vote.Ballots = make(vote.Ballots)
		}
		next, _ := Step(p, s, Ticked{}, start)
		Step(p, next, Stopped{By: "x"}, start)
	})
}
