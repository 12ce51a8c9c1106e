package narrate_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"storyteller/internal/narrate"
	"storyteller/internal/narrate/reading"
	"storyteller/internal/narrate/vote"
	"storyteller/internal/store"
)

// ballotBox is what members were told of their ballots.
type ballotBox struct {
	order    uint64
	arrivals uint64
	acks     map[string]map[string]vote.Ballot // acknowledged ballots, by vote and voter
	unsure   map[string]bool                   // votes with a ballot whose saving was not acknowledged
	voters   map[string]map[string]bool        // who pressed at all, by vote
}

func newBallotBox() ballotBox {
	return ballotBox{acks: map[string]map[string]vote.Ballot{}, unsure: map[string]bool{}, voters: map[string]map[string]bool{}}
}

// ballot is a press that comes after all earlier ones.
func (w *world) ballot(number, option int, voter string) reading.Voted {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.order++
	return reading.Voted{Vote: number, Option: option, Voter: voter, Order: w.order}
}

// cast hands a ballot to the bot and notes what the member is told. An answer of a bot that has ended reaches nobody.
func (w *world) cast(reader string, v reading.Voted) {
	ballot := fmt.Sprint(reader, "/", v.Vote)
	w.mu.Lock()
	life := w.life
	if w.voters[ballot] == nil {
		w.voters[ballot] = map[string]bool{}
	}
	w.voters[ballot][v.Voter] = true
	w.mu.Unlock()
	a, err := w.bot().Do(w.t.Context(), reader, v)
	w.mu.Lock()
	defer w.mu.Unlock()
	switch {
	case err != nil || w.life != life:
		w.unsure[ballot] = true
	case a.Outcome == reading.Counted || a.Outcome == reading.Changed || a.Outcome == reading.Same:
		if w.acks[ballot] == nil {
			w.acks[ballot] = map[string]vote.Ballot{}
		}
		if old, ok := w.acks[ballot][v.Voter]; !ok || old.Order < v.Order {
			w.acks[ballot][v.Voter] = vote.Ballot{Voter: v.Voter, Option: v.Option, Order: v.Order}
		}
	}
}

// deadlines watches that votes are open for as long as the room was promised.
type deadlines struct {
	opened map[string]opening       // by vote
	last   map[string]reading.State // as it was saved last, by reading
	early  []error
}

type opening struct {
	at   time.Time
	life int
}

func newDeadlines() deadlines {
	return deadlines{opened: map[string]opening{}, last: map[string]reading.State{}}
}

// watch sees every state that was saved.
func (w *world) watch(s reading.State, log []reading.Entry) {
	w.mu.Lock()
	defer w.mu.Unlock()
	before := w.last[s.ID]
	w.last[s.ID] = s
	w.note("%s saved %d: %s%v due %s; outbox %s; vote %s; log %s", s.ID, s.Revision, s.Phase, s.Held, s.Due.Format("15:04:05"), outbox(s), paper(s.Vote), summary(log))
	if v := s.Vote; v != nil && v.Message != "" {
		key := fmt.Sprint(s.ID, "/", v.Number)
		if _, known := w.opened[key]; !known {
			w.opened[key] = opening{at: time.Now(), life: w.life}
		}
	}
	hurried := before.Vote == nil || !before.Vote.Early.IsZero()
	var closed *reading.Poll
	for _, e := range log {
		hurried = hurried || e.Steered != ""
		if e.Vote != nil {
			closed = e.Vote
		}
	}
	if closed == nil || hurried {
		return
	}
	key := fmt.Sprint(s.ID, "/", closed.Number)
	o := w.opened[key]
	promised := before.Vote.For
	if o.life != w.life {
		// Time that the bot was away counts, and by a clock that was set meanwhile nobody knows how much it was. Half of the
		// time was heard in any case, or there is a grace.
		promised = min(promised/2, reading.ReturnGrace) - narrate.AliveEvery
	}
	const slack = 2 * time.Second // a paper that comes less than this late keeps the time that it says
	if open := time.Since(o.at); open < promised-slack {
		w.early = append(w.early, fmt.Errorf("vote %s was open for %v of %v", key, open, promised))
	}
}

// check holds what was shown and counted against the story.
func (w *world) check() error {
	db, err := store.Open(w.path, store.Options{Volatile: true})
	if err != nil {
		w.t.Fatal(err)
	}
	defer db.Close()
	wrong := slices.Clone(w.early)
	for i := range evenings {
		log, err := db.Log(w.t.Context(), id(i))
		if err != nil {
			return err
		}
		s, _, err := db.Past(w.t.Context(), id(i))
		if err != nil {
			return err
		}
		wrong = append(wrong, s.Check(), w.checkScreen(i, s, log), w.checkVotes(id(i), log))
	}
	return errors.Join(wrong...)
}

// checkScreen holds what a channel shows against the log.
func (w *world) checkScreen(i int, s reading.State, log []reading.Entry) error {
	channel := place(i).Channel
	want, err := w.told(s, log)
	if err != nil {
		return err
	}
	stopped := slices.ContainsFunc(log, func(e reading.Entry) bool { return e.Steered == "stopped" })
	got := w.beats(channel)
	if stopped {
		want = want[:min(len(got), len(want))]
	}
	if !slices.Equal(got, want) {
		return fmt.Errorf("channel %d shows %q, want %q", i, got, want)
	}
	if w.gone[channel] {
		return nil
	}
	cards, endings := 0, 0
	for _, m := range w.channels[channel] {
		if m.Card != nil {
			cards++
		}
		if m.Ending != nil {
			endings++
		}
		if !stopped && !m.deleted && m.Poll != nil && !m.Poll.Status.Closed() {
			return fmt.Errorf("channel %d still shows an open vote %d; the log says %s", i, m.Poll.Number, summary(log))
		}
	}
	if cards > 1 || endings > 1 || !stopped && (cards == 0 || endings == 0) {
		return fmt.Errorf("channel %d shows %d title cards and %d endings", i, cards, endings)
	}
	for _, e := range log {
		if !stopped && e.Vote != nil && !w.result(channel, e.Vote) {
			return fmt.Errorf("channel %d does not show how vote %d ended", i, e.Vote.Number)
		}
	}
	return nil
}

func outbox(s reading.State) []string {
	var all []string
	for _, m := range s.Outbox {
		all = append(all, m.Key+m.Edit+m.ID)
	}
	return all
}

func paper(v *reading.OpenVote) string {
	if v == nil {
		return "none"
	}
	return fmt.Sprintf("%d in %q closes %s early %s left %v", v.Number, v.Message, v.Closes.Format("15:04:05"), v.Early.Format("15:04:05"), v.Left)
}

// summary is a log in a few words.
func summary(log []reading.Entry) string {
	var all []string
	for _, e := range log {
		switch {
		case e.Beat != nil:
			all = append(all, e.Beat.Text)
		case e.Vote != nil:
			all = append(all, fmt.Sprint("vote ", e.Vote.Number, " ", e.Vote.Status))
		case e.Steered != "":
			all = append(all, e.Steered)
		}
	}
	return strings.Join(all, ", ")
}

// told is the story along the way that the log says was voted.
func (w *world) told(s reading.State, log []reading.Entry) ([]string, error) {
	story := w.story.Program.New(s.Seed)
	var beats []string
	read := func() error {
		for story.CanContinue() {
			line, err := story.Continue()
			if err != nil {
				return err
			}
			beats = append(beats, strings.TrimSpace(line.Text))
		}
		return nil
	}
	if err := read(); err != nil {
		return nil, err
	}
	for _, e := range log {
		if e.Vote == nil || e.Vote.Chosen < 0 {
			continue
		}
		if err := story.Choose(e.Vote.Options[e.Vote.Chosen].Index); err != nil {
			return nil, fmt.Errorf("the log has vote %d, which the story does not: %w", e.Vote.Number, err)
		}
		if err := read(); err != nil {
			return nil, err
		}
	}
	return beats, nil
}

// checkVotes holds each tally against the ballots that members were told count.
func (w *world) checkVotes(reader string, log []reading.Entry) error {
	var wrong []error
	for _, e := range log {
		if e.Vote == nil {
			continue
		}
		key := fmt.Sprint(reader, "/", e.Vote.Number)
		want := make([]int, len(e.Vote.Options))
		for _, b := range w.acks[key] {
			want[b.Option]++
		}
		switch {
		case !w.unsure[key] && !slices.Equal(e.Vote.Tally, want):
			wrong = append(wrong, fmt.Errorf("vote %s closed with %v; acknowledged were %v", key, e.Vote.Tally, want))
		case sum(e.Vote.Tally) > len(w.voters[key]):
			wrong = append(wrong, fmt.Errorf("vote %s closed with %v; only %d members pressed", key, e.Vote.Tally, len(w.voters[key])))
		case sum(e.Vote.Tally) < sum(want):
			wrong = append(wrong, fmt.Errorf("vote %s closed with %v; acknowledged were at least %v", key, e.Vote.Tally, want))
		}
	}
	return errors.Join(wrong...)
}

func sum(tally []int) (n int) {
	for _, votes := range tally {
		n += votes
	}
	return n
}
