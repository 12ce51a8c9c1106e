package reading

import (
	"fmt"
	"slices"
	"time"

	"storyteller/internal/cue"
	"storyteller/internal/ink"
	"storyteller/internal/narrate/vote"
)

// openVote puts the story's choices to the room.
func (t *turn) openVote(choices []ink.Choice) {
	if len(choices) > cue.MaxChoices {
		t.broke(fmt.Errorf("%d choices at one fork; at most %d can be shown", len(choices), cue.MaxChoices))
		return
	}
	options := make([]Option, len(choices))
	for i, c := range choices {
		options[i] = option(c)
	}
	length := t.s.VoteFor
	if length == 0 {
		length = t.s.Settings.Vote
	}
	t.s.VoteFor = 0
	t.hold(&OpenVote{Options: options, For: t.s.Settings.scaled(length)})
}

// hold opens v under the next number.
func (t *turn) hold(v *OpenVote) {
	t.s.Votes++
	v.Number = t.s.Votes
	v.Left = v.For
	v.Closes = t.now.Add(v.Left)
	v.Ballots = make(vote.Ballots)
	t.s.Vote = v
	t.s.Phase = Voting
	t.s.stale = false
	v.Key = t.say("v", Message{Poll: t.poll(StatusOpen)})
}

// poll is the open vote as its message should look now.
func (t *turn) poll(status Status) *Poll {
	v := t.s.Vote
	p := &Poll{
		Number: v.Number, Asked: t.s.Asks, Options: v.Options, Voted: len(v.Ballots), Status: status, Chosen: -1, Round: v.Round, Extends: v.Extends, Away: v.Away,
	}
	if v.Round == HostRound {
		p.Host = t.s.Host
	}
	if !status.Closed() {
		p.Closes = v.Closes
	}
	if t.s.Settings.Live || status.Closed() {
		p.Tally = v.Ballots.Tally(len(v.Options))
	}
	return p
}

// Accepts says whether a ballot is welcome as things stand, and if not, what to tell the voter. The shell asks before it
// saves the ballot.
func (s State) Accepts(e Voted) (Answer, bool) {
	v := s.Vote
	if s.Phase == OnHold && v != nil && v.Number == e.Vote {
		return Answer{Outcome: VotePaused}, false
	}
	return s.countable(e)
}

// countable says whether the ballot belongs to the vote that is being held.
func (s State) countable(e Voted) (Answer, bool) {
	v := s.Vote
	switch {
	case s.Phase == Over:
		return Answer{Outcome: IsOver}, false
	case v == nil || v.Number != e.Vote:
		return Answer{Outcome: VoteOver}, false
	case e.Option < 0 || e.Option >= len(v.Options):
		return Answer{Outcome: NoSuchOption}, false
	case v.Round == HostRound && e.Voter != s.Host:
		return Answer{Outcome: HostDecides}, false
	}
	return Answer{}, true
}

// voted counts a ballot that is on disk. A pause that came while it was being written does not keep it out: after a crash
// it would be read from the disk and count.
func (t *turn) voted(e Voted) {
	if refusal, ok := t.s.countable(e); !ok {
		t.effects = append(t.effects, refusal)
		return
	}
	v := t.s.Vote
	before, had := v.Ballots[e.Voter]
	change := v.Ballots.Cast(vote.Ballot{Voter: e.Voter, Option: e.Option, Order: e.Order})
	a := Answer{Outcome: Counted, Option: v.Options[e.Option].Text}
	switch change {
	case vote.Stale:
		// A later press of the same member counts: tell which.
		a.Outcome, a.Option = Same, v.Options[before.Option].Text
	case vote.Unchanged:
		a.Outcome = Same
	case vote.Moved:
		a.Outcome, a.Before = Changed, v.Options[before.Option].Text
	}
	if change != vote.Stale {
		t.s.stale = t.s.stale || !had || t.s.Settings.Live
		t.reconsider()
	}
	if v.Message != "" {
		a.Closes = v.end()
	}
	t.effects = append(t.effects, a)
}

// reconsider starts the grace of a vote whose outcome is settled, and takes it back when it no longer is.
func (t *turn) reconsider() {
	v := t.s.Vote
	if t.s.Phase != Voting || v == nil {
		return
	}
	settled := vote.Settled(v.Ballots.Tally(len(v.Options)), t.waiting())
	switch {
	case settled && v.Early.IsZero():
		v.Early = t.after(Grace)
		t.changed()
	case !settled && !v.Early.IsZero():
		v.Early = time.Time{}
		t.changed()
	}
}

// waiting counts the readers who have not voted yet.
func (t *turn) waiting() int {
	if t.s.Vote.Round == HostRound {
		return 1 - min(1, len(t.s.Vote.Ballots))
	}
	n := 0
	for _, reader := range t.s.Readers {
		if _, voted := t.s.Vote.Ballots[reader]; !voted {
			n++
		}
	}
	return n
}

// closeVote decides the vote by the ballots there are.
func (t *turn) closeVote() {
	v := t.s.Vote
	lead := vote.Leaders(v.Ballots.Tally(len(v.Options)))
	switch {
	case len(lead) == 1:
		t.choose(lead[0], StatusChosen, nil)
	case len(lead) > 1:
		t.breakTie(lead)
	case v.Round != FirstRound:
		t.choose(t.draw(len(v.Options)), StatusDrawn, t.all())
	default:
		t.nobodyVoted()
	}
}

// breakTie does what the settings say of a tie; a second one is drawn by lot.
func (t *turn) breakTie(tied []int) {
	v := t.s.Vote
	switch {
	case v.Round == FirstRound && t.s.Settings.Ties == VoteAgain && len(tied) < len(v.Options):
		t.again(tied, StatusSecond, SecondRound)
	case v.Round == FirstRound && t.s.Settings.Ties == AskHost:
		t.again(tied, StatusToHost, HostRound)
	default:
		t.choose(tied[t.draw(len(tied))], StatusDrawn, tied)
	}
}

// again closes the vote without a result and holds another on the tied options.
func (t *turn) again(tied []int, status Status, round Round) {
	v := t.s.Vote
	closed := t.poll(status)
	closed.Tied = tied
	t.edit(v.Key, v.Message, Message{Poll: closed})
	t.log(Entry{Vote: closed, Ink: t.s.Ink})
	t.enlistVoters()
	options := make([]Option, len(tied))
	for i, option := range tied {
		options[i] = v.Options[option]
	}
	t.hold(&OpenVote{Options: options, For: v.For, Round: round})
}

// nobodyVoted takes the author's default, or gives the room more time once, or stops the clock.
func (t *turn) nobodyVoted() {
	v := t.s.Vote
	byDefault := slices.IndexFunc(v.Options, func(o Option) bool { return o.Default })
	if len(v.Options) == 1 {
		byDefault = 0
	}
	switch {
	case byDefault >= 0:
		t.choose(byDefault, StatusDefault, nil)
	case !v.Extends:
		v.Extends = true
		v.Left = v.For
		v.Closes = t.now.Add(v.Left)
		t.edit(v.Key, v.Message, Message{Poll: t.poll(StatusOpen)})
	default:
		t.holdOn(Silence, v.For)
		t.edit(v.Key, v.Message, Message{Poll: t.poll(StatusPaused)})
		t.notice(NoticeSilent, "", "")
		t.log(Entry{Steered: "paused"})
	}
}

// choose closes the vote with a result and takes the story there.
func (t *turn) choose(chosen int, status Status, tied []int) {
	v := t.s.Vote
	closed := t.poll(status)
	closed.Chosen, closed.Tied = chosen, tied
	t.edit(v.Key, v.Message, Message{Poll: closed})
	t.log(Entry{Vote: closed, Ink: t.s.Ink})
	t.enlistVoters()
	t.remember(v, chosen)
	t.s.Vote = nil
	t.s.Phase = Telling
	t.s.Due = time.Time{}
	t.s.Rest = t.s.Settings.scaled(ShortestPause)

	story, err := t.p.Load(t.s.Ink)
	if err == nil {
		err = story.Choose(v.Options[chosen].Index)
	}
	if err != nil {
		t.broke(err)
		return
	}
	t.s.Ink = story.Save()
}

// returned gives the room a little more time for a vote that ran out unheard: the bot was away for most of it. One that
// was open for long enough closes by the ballots it has.
//
// A pause for the silence of a room that was not heard is taken back.
func (t *turn) returned(e Returned) {
	if t.s.Phase == OnHold && t.s.Held.Why == Silence && t.s.LastAt.After(e.Since) {
		t.resume(Resumed{})
		return
	}
	v := t.s.Vote
	if t.s.Phase != Voting || v.Message == "" || t.now.Before(v.end()) || !v.Early.IsZero() {
		return
	}
	opened, back := v.Closes.Add(-v.Left), v.Closes
	if e.Back.Before(back) {
		back = e.Back
	}
	unheard := back.Sub(later(opened, e.Since))
	if unheard <= v.Left/2 {
		return
	}
	t.changed()
	v.Away = true
	v.Left = t.s.Settings.scaled(ReturnGrace)
	v.Closes = t.now.Add(v.Left)
	t.edit(v.Key, v.Message, Message{Poll: t.poll(StatusOpen)})
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// enlistVoters makes readers of all who voted.
func (t *turn) enlistVoters() {
	for _, voter := range t.s.Vote.Ballots.Voters() {
		t.enlist(voter)
	}
}

// remember notes the ways that were not taken.
func (t *turn) remember(v *OpenVote, chosen int) {
	var others []string
	for i, o := range v.Options {
		if i != chosen {
			others = append(others, o.Text)
		}
	}
	if len(others) == 0 {
		return
	}
	t.s.Untold = append(t.s.Untold, NotTaken{Vote: v.Number, Options: others})
	if extra := len(t.s.Untold) - MaxUntold; extra > 0 {
		t.s.Untold = t.s.Untold[extra:]
	}
}

// all lists every option of the open vote.
func (t *turn) all() []int {
	list := make([]int, len(t.s.Vote.Options))
	for i := range list {
		list[i] = i
	}
	return list
}

// draw picks one of n by lot: the same for the same seed and vote, however often it is asked.
func (t *turn) draw(n int) int {
	// SplitMix64 (Steele, Lea and Flood, 2014): every bit of the input reaches every bit of the result.
	x := t.s.Seed + uint64(t.s.Vote.Number)*0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return int((x ^ x>>31) % uint64(n))
}
