package discord

import (
	"net/url"
	"regexp"
	"strings"

	"github.com/bwmarrin/discordgo"
)

// maxWords bounds what is kept of an error: a proxy may answer with a whole page.
const maxWords = 600

// Tokens where they usually are, also in an address that is part of another.
var (
	tokenPath = regexp.MustCompile(`(?i)((?:interactions|webhooks)(?:/|%2f)\d+(?:/|%2f))[^/\s"?%]+`)
	tokenWord = regexp.MustCompile(`\bBot [\w.\-]{8,}|\b[\w\-]{20,}\.[\w\-]{5,8}\.[\w\-]{20,}`)
)

// redact takes tokens out of a text and bounds its length: the secrets that are known, wherever they are, and what has
// the form of a token.
func redact(s string, secrets ...string) string {
	s = strings.ReplaceAll(s, discordgo.EndpointAPI, "/") // the library's own base, which is not the one that was called
	for _, secret := range secrets {
		for _, spelling := range []string{secret, url.QueryEscape(secret), url.PathEscape(secret)} {
			if spelling != "" {
				s = strings.ReplaceAll(s, spelling, "…")
			}
		}
	}
	s = tokenPath.ReplaceAllString(s, "${1}…")
	s = tokenWord.ReplaceAllString(s, "…")
	return clip(strings.ToValidUTF8(s, "�"), maxWords)
}
