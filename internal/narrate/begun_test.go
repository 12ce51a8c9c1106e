package narrate_test

import (
	"context"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"storyteller/internal/narrate"
	"storyteller/internal/store"
)

// What the stage tells as soon as the Narrator has begun is heard: a removal from a guild comes with the first login.
func TestWhatIsToldAtTheVeryBeginningIsHeard(t *testing.T) {
	db, err := store.Open(filepath.Join(t.TempDir(), "test.db"), store.Options{Volatile: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	n := narrate.New(narrate.Config{Store: db, Stage: &wall{}})
	if err := n.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- n.Run(ctx) }()
	<-n.Begun()
	n.GuildGone("5")
	stop()
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	if gone, err := db.ForgetGuilds(t.Context(), time.Now().Add(time.Hour)); err != nil || !slices.Equal(gone, []string{"5"}) {
		t.Errorf("the guilds that were left are %q, error %v", gone, err)
	}
}
