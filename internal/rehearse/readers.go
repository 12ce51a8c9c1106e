package rehearse

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"

	"storyteller/internal/fakediscord"
)

// How simulated members behave. Times are for speed 1.
const (
	joinSoonest  = 1 * time.Second
	joinLatest   = 7 * time.Second
	voteSoonest  = 2 * time.Second
	voteLatest   = 16 * time.Second
	rethinkAfter = 2 * time.Second // least time before a change of mind
	rethinkRange = 6 * time.Second
	beginAfter   = 2 * time.Second // from the last joining to "Begin"

	abstainChance = 0.05
	rethinkChance = 0.15
)

// simulatedPrefix begins the user name of every simulated member: the page
// does not offer them to people.
const simulatedPrefix = "sim."

// readerNames are given in turn; after them come numbers.
var readerNames = []string{
	"Ada", "Bruno", "Clara", "Dario", "Elif", "Farid", "Greta", "Hana", "Ivo", "Jun", "Kaya", "Leo",
	"Mira", "Nils", "Oona", "Pablo", "Quinn", "Rosa", "Sami", "Tove", "Uma", "Vito", "Wanda", "Yuki",
}

// ReadersOptions are the settings of Readers.
type ReadersOptions struct {
	// Count is how many members to add; ignored where Members are given.
	Count int
	// Members plays members that exist already, as AddReaders made them.
	Members []fakediscord.Member
	// Seed decides every choice and delay.
	Seed uint64
	// Speed divides all delays; 0 is 1.
	Speed float64
	// Channel is where they read; empty means everywhere.
	Channel string
	// Begin has the first of them press "Begin" once all have joined.
	Begin bool
}

// firstReaderID is the id of the first simulated member. They are the same people
// in every rehearsal, so that the host of a reading that goes on is there again.
const firstReaderID = 300000000000000001

// AddReaders adds n members for Readers to play.
func AddReaders(fake *fakediscord.Server, n int) ([]fakediscord.Member, error) {
	members := make([]fakediscord.Member, 0, max(n, 0))
	for i := range n {
		name := fmt.Sprintf("Reader %d", i+1)
		if i < len(readerNames) {
			name = readerNames[i]
		}
		m, err := fake.AddMember(fakediscord.Member{
			ID:          strconv.Itoa(firstReaderID + i),
			Username:    simulatedPrefix + strings.ToLower(strings.ReplaceAll(name, " ", "")),
			DisplayName: name,
		})
		if err != nil {
			return nil, fmt.Errorf("add reader %s: %w", name, err)
		}
		members = append(members, m)
	}
	return members, nil
}

// Readers plays members until ctx ends: they join readings, vote after a
// while, now and then change their mind, rarely abstain, and press nothing
// else. The same seed makes the same members choose the same options. It
// returns an error only if the members could not be added.
func Readers(ctx context.Context, fake *fakediscord.Server, o ReadersOptions) error {
	if o.Speed <= 0 {
		o.Speed = 1
	}
	events := fake.Subscribe(ctx)
	if o.Members == nil {
		members, err := AddReaders(fake, o.Count)
		if err != nil {
			return err
		}
		o.Members = members
	}
	c := &crowd{fake: fake, o: o, seen: map[string]bool{}, joined: map[string]int{}, readings: map[string]int{}}
	if o.Channel != "" {
		for _, m := range fake.Messages(o.Channel) {
			c.look(&m)
		}
	}
	c.run(ctx, events)
	return nil
}

// crowd is the simulated members: what they have noticed and mean to do.
type crowd struct {
	fake     *fakediscord.Server
	o        ReadersOptions
	plan     plan
	seen     map[string]bool // questions already thought about
	joined   map[string]int  // how many have joined, by reading
	readings map[string]int  // readings by the order in which they were met
}

func (c *crowd) run(ctx context.Context, events <-chan fakediscord.Event) {
	timer := time.NewTimer(idleWait)
	defer timer.Stop()
	for {
		timer.Reset(c.plan.wait(time.Now()))
		select {
		case e, open := <-events:
			if !open {
				return
			}
			if (e.Type == "message" || e.Type == "edit") && e.Message != nil {
				c.look(e.Message)
			}
		case <-timer.C:
			for _, act := range c.plan.due(time.Now()) {
				c.do(act)
			}
		case <-ctx.Done():
			return
		}
	}
}

// look plans what each member will do about a message, once for each question
// in it.
func (c *crowd) look(m *fakediscord.Message) {
	if m.Ephemeral() || c.o.Channel != "" && m.ChannelID != c.o.Channel {
		return
	}
	for _, b := range liveButtons(m) {
		if b.joins() && c.first("join:"+b.id) {
			for i := range c.o.Members {
				c.add(m, b, i, c.between(c.chance(i, b), joinSoonest, joinLatest))
			}
		}
	}
	votes := voteButtons(m)
	if len(votes) == 0 {
		return
	}
	if c.first("vote:" + m.ID + ":" + votes[0].reading + ":" + votes[0].action) {
		for i := range c.o.Members {
			c.decide(m, votes, i, c.chance(i, votes[0]))
		}
	}
}

// first reports whether a question is new, and remembers it.
func (c *crowd) first(question string) bool {
	known := c.seen[question]
	c.seen[question] = true
	return !known
}

// decide plans one member's ballots in a vote.
func (c *crowd) decide(m *fakediscord.Message, options []button, member int, r *rand.Rand) {
	if r.Float64() < abstainChance {
		return
	}
	choice := r.IntN(len(options))
	delay := c.between(r, voteSoonest, voteLatest)
	c.add(m, options[choice], member, delay)
	if len(options) < 2 || r.Float64() >= rethinkChance {
		return
	}
	other := (choice + 1 + r.IntN(len(options)-1)) % len(options)
	c.add(m, options[other], member, delay+c.between(r, rethinkAfter, rethinkAfter+rethinkRange))
}

func (c *crowd) add(m *fakediscord.Message, b button, member int, delay time.Duration) {
	c.plan.add(action{at: time.Now().Add(delay), member: member, channel: m.ChannelID, message: m.ID, button: b})
}

// do presses a button. A refusal is no error: what was on screen when the
// member made up their mind may be gone.
func (c *crowd) do(a action) {
	_, err := c.fake.Press(fakediscord.PressInput{
		User: c.o.Members[a.member].ID, Channel: a.channel, Message: a.message, CustomID: a.button.id,
	})
	if err != nil || !a.button.joins() {
		return
	}
	c.joined[a.button.reading]++
	if c.o.Begin && c.joined[a.button.reading] == len(c.o.Members) {
		c.begin(a)
	}
}

// begin plans for the first member to start the reading all have joined.
func (c *crowd) begin(last action) {
	for _, m := range c.fake.Messages(last.channel) {
		if m.ID != last.message {
			continue
		}
		for _, b := range liveButtons(&m) {
			if b.action == beginAction && b.reading == last.button.reading {
				c.add(&m, b, 0, c.scaled(beginAfter))
			}
		}
	}
}

// chance is a member's own source of decisions about one question. It depends
// on the seed and on the question's place alone: neither timing nor the made-up
// name of a reading changes what anyone chooses.
func (c *crowd) chance(member int, question button) *rand.Rand {
	if _, met := c.readings[question.reading]; !met {
		c.readings[question.reading] = len(c.readings)
	}
	return rand.New(rand.NewPCG(c.o.Seed, hash(fmt.Sprintf("%d/%d/%s", c.readings[question.reading], member, question.action))))
}

// between is a delay that is more often short than long, as people's are.
func (c *crowd) between(r *rand.Rand, soonest, latest time.Duration) time.Duration {
	x := r.Float64()
	return c.scaled(soonest + time.Duration(x*x*float64(latest-soonest)))
}

func (c *crowd) scaled(d time.Duration) time.Duration {
	return time.Duration(float64(d) / c.o.Speed)
}
