package discord

import (
	"fmt"
	"log/slog"
	"strings"
	"sync/atomic"

	"github.com/bwmarrin/discordgo"
)

// discordgoLog is where discordgo's own words go. discordgo has one logger for all sessions of a process; the latest
// Bot's is used.
var discordgoLog atomic.Pointer[listener]

// listener hears discordgo's words.
type listener struct {
	log   *slog.Logger
	token string
}

func init() {
	discordgo.Logger = func(level, _ int, format string, a ...any) {
		l := discordgoLog.Load()
		if l == nil || level > discordgo.LogError {
			return
		}
		words := fmt.Sprintf(format, a...)
		if strings.Contains(words, errShut.Error()) {
			return // as it should be
		}
		// The words may hold addresses and errors of net/http.
		l.log.Warn("discordgo: " + redact(words, l.token))
	}
}

func hearDiscordgo(log *slog.Logger, token string) { discordgoLog.Store(&listener{log, token}) }
