package narrate_test

import (
	"slices"
	"testing"
	"time"

	"storyteller/internal/narrate"
)

// What the stage tells as soon as the Narrator has begun is heard: a removal from a guild comes with the first login.
func TestWhatIsToldAtTheVeryBeginningIsHeard(t *testing.T) {
	inScene(t, narrate.Config{}, func(s *scene) {
		s.GuildGone("5")
		if gone, err := s.db.ForgetGuilds(s.Context(), time.Now().Add(time.Hour)); err != nil || !slices.Equal(gone, []string{"5"}) {
			s.Errorf("the guilds that were left are %q, error %v", gone, err)
		}
	})
}
