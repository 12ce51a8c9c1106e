package discord

import (
	"context"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// priority says which calls go first when there are more than Discord takes.
type priority int

const (
	first      priority = iota // results of votes, answers that members wait for
	normal                     // everything the story is told with
	last                       // counts brought up to date, typing: a newer one will follow
	priorities = iota
)

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

// queue lets calls pass at a limiter's rate, those of higher priority first, equals in order of arrival.
type queue struct {
	limit *rate.Limiter

	mu      sync.Mutex
	waiting [priorities][]*turn
	armed   bool // a timer is set for the next turn
}

// turn is one call that waits.
type turn struct {
	come   chan struct{} // closed when it has come
	given  bool
	nobody bool // the caller has gone away
}

func newQueue(perSecond float64, burst int) *queue {
	return &queue{limit: rate.NewLimiter(rate.Limit(perSecond), burst)}
}

// wait returns when the call may go, or with the context's error.
func (q *queue) wait(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	q.mu.Lock()
	if !q.armed && q.limit.Allow() {
		q.mu.Unlock()
		return nil
	}
	t := &turn{come: make(chan struct{})}
	p := priorityOf(ctx)
	q.waiting[p] = append(q.waiting[p], t)
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
		t.nobody = true
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

// someone says whether anybody still waits. The lock is held.
func (q *queue) someone() bool {
	for p := range q.waiting {
		for len(q.waiting[p]) > 0 {
			if !q.waiting[p][0].nobody {
				return true
			}
			q.waiting[p] = q.waiting[p][1:]
		}
	}
	return false
}

// give hands the turn that has come to the first who still waits.
func (q *queue) give() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.armed = false
	if !q.someone() {
		return
	}
	for p := range q.waiting {
		if len(q.waiting[p]) > 0 {
			t := q.waiting[p][0]
			q.waiting[p] = q.waiting[p][1:]
			t.given = true
			close(t.come)
			break
		}
	}
	q.arm()
}
