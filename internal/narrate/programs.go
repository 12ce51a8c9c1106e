package narrate

import (
	"context"
	"fmt"
	"sync"

	"storyteller/internal/ink"
	"storyteller/internal/library"
)

// programs holds the stories that live readings run on, by hash. A story that was edited or removed since stays here as
// it was when the reading began.
type programs struct {
	store Store
	mu    sync.Mutex
	known map[string]*library.Story
}

func newPrograms(store Store) *programs {
	return &programs{store: store, known: make(map[string]*library.Story)}
}

// keep makes sure that a reading of the story can go on after a restart.
func (ps *programs) keep(ctx context.Context, story *library.Story) error {
	if err := ps.store.KeepBundle(ctx, story.Hash, story.Bundle()); err != nil {
		return err
	}
	ps.mu.Lock()
	defer ps.mu.Unlock()
	ps.known[story.Hash] = story
	return nil
}

func (ps *programs) story(ctx context.Context, hash string) (*library.Story, error) {
	ps.mu.Lock()
	defer ps.mu.Unlock()
	if story, ok := ps.known[hash]; ok {
		return story, nil
	}
	bundle, found, err := ps.store.Bundle(ctx, hash)
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, fmt.Errorf("the story with hash %.12s is not in the database", hash)
	}
	story, err := library.OpenBundle(bundle)
	if err != nil {
		return nil, err
	}
	ps.known[hash] = story
	return story, nil
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
