package store

import (
	"context"
	"runtime"
	"sync"

	bolt "go.etcd.io/bbolt"

	"storyteller/internal/narrate/reading"
)

const (
	// batchOf is how many records are decoded in one go: enough that handing them over costs nothing beside it, few
	// enough that those under way need no memory to speak of.
	batchOf = 128

	// mostDecoders bounds those who decode at once. What several know of each other's readings they hold several times,
	// and whoever takes what they have decoded is one.
	mostDecoders = 4
)

// Live calls yield with each live reading, in order, the ballots of its open vote in place. A record that cannot be read is
// given as its id and an error; the others are given all the same.
func (s *Store) Live(ctx context.Context, yield func(id string, r reading.State, err error)) error {
	return s.read(ctx, func(tx *bolt.Tx) error {
		defer letGo(tx)
		crew := hire(min(runtime.GOMAXPROCS(0), mostDecoders))
		defer crew.dismiss()
		give := func(b *batch) error {
			<-b.done
			for i := range b.out {
				one := &b.out[i]
				if one.err == nil && one.r.Vote != nil {
					one.r.Vote.Ballots = s.ballots(tx, one.r.ID, one.r.Vote.Number)
				}
				yield(one.id, one.r, one.err)
				if err := ctx.Err(); err != nil {
					return err
				}
			}
			return b.err
		}
		b := newBatch()
		c := tx.Bucket(bucketLive).Cursor()
		for k, v := c.First(); k != nil; k, v = c.Next() {
			if b.keys, b.values = append(b.keys, k), append(b.values, v); len(b.keys) < batchOf {
				continue
			}
			crew.take(b)
			if b = crew.first(); b == nil {
				b = newBatch()
				continue
			}
			if err := give(b); err != nil {
				return err
			}
			b.empty()
		}
		crew.take(b)
		for _, b := range crew.under {
			if err := give(b); err != nil {
				return err
			}
		}
		return nil
	})
}

// batch is some records that are decoded one after the other.
type batch struct {
	keys, values [][]byte // in the file
	out          []decoded
	err          error         // why there are fewer of out
	done         chan struct{} // closed when they are decoded
}

type decoded struct {
	id  string
	r   reading.State
	err error
}

func newBatch() *batch {
	return &batch{
		keys: make([][]byte, 0, batchOf), values: make([][]byte, 0, batchOf), out: make([]decoded, 0, batchOf),
		done: make(chan struct{}),
	}
}

// empty makes room for other records.
func (b *batch) empty() {
	clear(b.out) // it is nobody else's, but what is in it is
	*b = batch{keys: b.keys[:0], values: b.values[:0], out: b.out[:0], done: make(chan struct{})}
}

// decode reads the records off the shelf. A page that cannot be read ends it.
func (b *batch) decode(decoder *reading.Decoder) {
	defer close(b.done)
	b.err = guard(func() error {
		for i, key := range b.keys {
			one := decoded{id: string(key)}
			record, err := unseal(string(bucketLive), key, b.values[i])
			if one.err = err; err == nil {
				one.r, one.err = decoder.Decode(record)
			}
			b.out = append(b.out, one)
		}
		return nil
	})
}

// crew decodes batches side by side.
type crew struct {
	work  chan *batch
	under []*batch // those that it was given, the oldest first
	wait  sync.WaitGroup
}

func hire(n int) *crew {
	c := &crew{work: make(chan *batch, n)}
	for range n {
		c.wait.Go(func() {
			decoder := reading.NewDecoder()
			for b := range c.work {
				b.decode(decoder)
			}
		})
	}
	return c
}

// take gives the crew a batch.
func (c *crew) take(b *batch) {
	c.under = append(c.under, b)
	c.work <- b
}

// first is the oldest batch, which is not the crew's any more then; nil while the crew can be given more before.
func (c *crew) first() *batch {
	if len(c.under) <= cap(c.work) {
		return nil
	}
	b := c.under[0]
	c.under = c.under[1:]
	return b
}

// dismiss waits until nobody is in the file any more.
func (c *crew) dismiss() {
	close(c.work)
	c.wait.Wait()
}
