package narrate

import (
	"context"
	"fmt"
	"sync"

	"storyteller/internal/ink"
	"storyteller/internal/library"
)

// programs holds the stories that live readings run on, by hash. A story that was edited or removed since stays here as
// it was when the reading began, for as long as a reading runs on it.
type programs struct {
	store Store
	mu    sync.Mutex // never held while something is read
	known map[string]*kept
}

// kept is one story.
type kept struct {
	users int           // readings that run on it
	ready chan struct{} // closed when what follows is there; nil while nobody reads it
	story *library.Story
	err   error
}

func newPrograms(store Store) *programs {
	return &programs{store: store, known: make(map[string]*kept)}
}

// use says that a reading runs on the story, and leave that it does no longer.
func (ps *programs) use(hash string) {
	ps.mu.Lock()
	defer ps.mu.Unlock()
	ps.entry(hash).users++
}

func (ps *programs) leave(hash string) {
	ps.mu.Lock()
	defer ps.mu.Unlock()
	if k := ps.known[hash]; k != nil {
		if k.users--; k.users <= 0 {
			delete(ps.known, hash)
		}
	}
}

func (ps *programs) entry(hash string) *kept {
	if ps.known[hash] == nil {
		ps.known[hash] = &kept{}
	}
	return ps.known[hash]
}

// keep makes sure that a reading of the story can go on after a restart.
func (ps *programs) keep(ctx context.Context, story *library.Story) error {
	if err := ps.store.KeepBundle(ctx, story.Hash, story.Bundle()); err != nil {
		return err
	}
	ps.mu.Lock()
	defer ps.mu.Unlock()
	k := ps.entry(story.Hash)
	if k.ready == nil {
		k.ready = make(chan struct{})
		k.story = story
		close(k.ready)
	}
	return nil
}

// story returns a story, which one caller reads for all that want it. One that cannot be read is tried again by whoever
// comes next.
func (ps *programs) story(ctx context.Context, hash string) (*library.Story, error) {
	ps.mu.Lock()
	k := ps.entry(hash)
	mine := k.ready == nil
	if mine {
		k.ready = make(chan struct{})
	}
	ready := k.ready
	ps.mu.Unlock()
	if mine {
		story, err := ps.read(ctx, hash)
		ps.mu.Lock()
		k.story, k.err = story, err
		if err != nil {
			k.ready = nil
		}
		ps.mu.Unlock()
		close(ready)
		return story, err
	}
	select {
	case <-ready:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	ps.mu.Lock()
	defer ps.mu.Unlock()
	return k.story, k.err
}

func (ps *programs) read(ctx context.Context, hash string) (*library.Story, error) {
	bundle, found, err := ps.store.Bundle(ctx, hash)
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, fmt.Errorf("the story with hash %.12s is not in the database", hash)
	}
	return library.OpenBundle(bundle)
}

func (ps *programs) program(ctx context.Context, hash string) (*ink.Program, error) {
	story, err := ps.story(ctx, hash)
	if err != nil {
		return nil, err
	}
	return story.Program, nil
}

// picture returns the bytes of a picture of the story, or nil when there is none: the words of its alt text are then
// shown alone.
func (ps *programs) picture(ctx context.Context, hash, file string) []byte {
	if file == "" {
		return nil
	}
	story, err := ps.story(ctx, hash)
	if err != nil {
		return nil
	}
	return story.Pictures[file]
}
