package discord

import (
	"container/list"
	"context"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// priority says which calls go first when there are more than Discord takes.
type priority int

const (
	first      priority = iota // results of votes, and what has waited before
	normal                     // everything the story is told with
	last                       // counts brought up to date, typing: a newer one will follow
	priorities = iota
)

// lastPatience is how long a call of the last priority waits for its turn: after that, what it would show is out of date,
// and what the reading has to tell next must not wait behind it.
const lastPatience = 3 * time.Second

type priorityKey struct{}

// withPriority marks calls made with the context.
func withPriority(ctx context.Context, p priority) context.Context {
	return context.WithValue(ctx, priorityKey{}, p)
}

func priorityOf(ctx context.Context) priority {
	if p, ok := ctx.Value(priorityKey{}).(priority); ok {
		return p
	}
	return normal
}

type guildKey struct{}

// withGuild says for which guild calls are made with the context. Calls for none take turns as if they were for one more.
func withGuild(ctx context.Context, guild string) context.Context {
	return context.WithValue(ctx, guildKey{}, guild)
}

func guildOf(ctx context.Context) string {
	guild, _ := ctx.Value(guildKey{}).(string)
	return guild
}

// queue lets calls pass at a limiter's rate, those of higher priority first. Among equals guilds take turns, so that one
// with readings in all its channels delays the only reading of another by one call and not by all of them.
type queue struct {
	limit *rate.Limiter

	mu      sync.Mutex
	waiting [priorities]line
	armed   bool // a timer is set for the next turn
}

// turn is one call that waits.
type turn struct {
	come  chan struct{} // closed when it has come
	given bool
	of    *party
	place *list.Element // in the party's calls
}

func newQueue(perSecond float64, burst int) *queue {
	q := &queue{limit: rate.NewLimiter(rate.Limit(perSecond), burst)}
	for p := range q.waiting {
		q.waiting[p].parties = make(map[string]*party)
	}
	return q
}

// wait returns when the call may go, or with the context's error.
func (q *queue) wait(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	p := priorityOf(ctx)
	if p == last {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, lastPatience)
		defer cancel()
	}
	q.mu.Lock()
	if !q.armed && q.limit.Allow() {
		q.mu.Unlock()
		return nil
	}
	t := q.waiting[p].add(guildOf(ctx))
	q.arm()
	q.mu.Unlock()

	select {
	case <-t.come:
		return nil
	case <-ctx.Done():
		q.mu.Lock()
		defer q.mu.Unlock()
		if t.given {
			return nil // both at once: the turn would be lost
		}
		q.waiting[p].remove(t)
		return ctx.Err()
	}
}

// arm sets a timer for the next turn, unless one is set or nobody waits. The lock is held.
func (q *queue) arm() {
	if q.armed || !q.someone() {
		return
	}
	q.armed = true
	// The limiter's own queue has this one customer, so whoever is first when the turn comes goes first.
	time.AfterFunc(q.limit.Reserve().Delay(), q.give)
}

// someone says whether anybody waits. The lock is held.
func (q *queue) someone() bool {
	for p := range q.waiting {
		if q.waiting[p].turns.Len() > 0 {
			return true
		}
	}
	return false
}

// give hands the turn that has come to the first who waits.
func (q *queue) give() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.armed = false
	for p := range q.waiting {
		if t := q.waiting[p].next(); t != nil {
			t.given = true
			close(t.come)
			break
		}
	}
	q.arm()
}

// line is the calls of one priority. It holds nothing of those who have had their turn or have gone away.
type line struct {
	turns   list.List // of *party: who is next, and next but one
	parties map[string]*party
}

// party is the calls of one guild, in order of arrival. There is always one at least.
type party struct {
	guild string
	calls list.List     // of *turn
	place *list.Element // in the line's turns
}

func (l *line) add(guild string) *turn {
	g := l.parties[guild]
	if g == nil {
		g = &party{guild: guild}
		g.place = l.turns.PushBack(g)
		l.parties[guild] = g
	}
	t := &turn{come: make(chan struct{}), of: g}
	t.place = g.calls.PushBack(t)
	return t
}

func (l *line) remove(t *turn) {
	g := t.of
	g.calls.Remove(t.place)
	if g.calls.Len() == 0 {
		l.turns.Remove(g.place)
		delete(l.parties, g.guild)
	}
}

// next takes out the call whose turn it is; nil if there is none. Its guild's next turn is after that of all others.
func (l *line) next() *turn {
	front := l.turns.Front()
	if front == nil {
		return nil
	}
	l.turns.MoveToBack(front)
	t := front.Value.(*party).calls.Front().Value.(*turn)
	l.remove(t)
	return t
}
