package discord

import (
	"fmt"
	"log/slog"
	"sync/atomic"

	"github.com/bwmarrin/discordgo"
)

// discordgoLog is where discordgo's own words go. discordgo has one logger for all sessions of a process; the latest
// Bot's is used.
var discordgoLog atomic.Pointer[slog.Logger]

func init() {
	discordgo.Logger = func(level, _ int, format string, a ...any) {
		log := discordgoLog.Load()
		if log == nil || level > discordgo.LogError {
			return
		}
		// The words may hold addresses and errors of net/http.
		log.Warn("discordgo: " + redact(fmt.Sprintf(format, a...)))
	}
}

func hearDiscordgo(log *slog.Logger) { discordgoLog.Store(log) }
