package discord

import (
	"strings"
	"testing"
)

func TestSecretsAreTakenOutOfWords(t *testing.T) {
	const token = "a+b/c==d token"
	for _, s := range []string{
		"Bot " + testToken, "Bot%20" + testToken, "x" + testToken + "y",
		"https://discord.com/api/v10/interactions/123/" + secretPart + "/callback",
		"proxy?to=https%3A%2F%2Fdiscord.com%2Fapi%2Fwebhooks%2f123%2F" + secretPart + "%2Fmessages",
		token, "u=a%2Bb%2Fc%3D%3Dd+token", "u=a+b%2Fc==d%20token",
		strings.Repeat("word ", 116) + token, // where the text is cut
	} {
		got := redact(s, token)
		for _, secret := range []string{secretPart, "a+b", "a%2Bb", "a%2"} {
			if strings.Contains(got, secret) {
				t.Errorf("redact(%q) = %q", s, got)
			}
		}
	}
}

func TestTheRouteOfAnAnswerHoldsNoToken(t *testing.T) {
	for path, want := range map[string]string{
		"interactions/123/" + secretPart + "/callback":       "POST/interactions/*/*/callback",
		"webhooks/123/" + secretPart + "/messages/@original": "POST/webhooks/*/*/messages/@original",
		"channels/123/messages/456":                          "POST/channels/*/messages/*",
		"applications/123/guilds/456/commands":               "POST/applications/*/guilds/*/commands",
	} {
		if r := routeOf("POST", path); r.path != want || r.major != "123" {
			t.Errorf("routeOf(%q) = %+v, want %q", path, r, want)
		}
	}
}

func TestAPasswordInAnAddressIsNotRepeated(t *testing.T) {
	for _, base := range []string{"https://bot:hunter2@proxy.example/api", "ftp://bot:hunter2@proxy.example"} {
		if _, err := parseAPI(base); err == nil || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("parseAPI(%q): %v", base, err)
		}
	}
}
