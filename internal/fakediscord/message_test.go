package fakediscord_test

import (
	"strings"
	"testing"
	"time"

	"storyteller/internal/fakediscord"
)

func TestANoncePostsOnlyOnceWithinItsWindow(t *testing.T) {
	bubble(t, fakediscord.Options{}, func(t *testing.T, s *fakediscord.Server, c *client) {
		second, err := s.AddChannel(fakediscord.Channel{Name: "second"})
		if err != nil {
			t.Fatal(err)
		}
		path := "/channels/" + general(s) + "/messages"
		body := map[string]any{"content": "beat", "nonce": "n1", "enforce_nonce": true}
		first := c.want(c.do("POST", path, body), 200, 0)
		if first.str("nonce") != "n1" {
			t.Fatalf("the nonce is not echoed: %s", first.raw)
		}
		// The nonce belongs to the author, not to the channel.
		again := c.want(c.do("POST", "/channels/"+second.ID+"/messages", body), 200, 0)
		if again.str("id") != first.str("id") {
			t.Fatal("a nonce made a second message")
		}
		if c.do("GET", path+"/"+first.str("id"), nil).str("nonce") != "" {
			t.Fatal("a read tells the nonce, which Discord does not")
		}
		plain := map[string]any{"content": "beat", "nonce": "n1"}
		if r := c.do("POST", path, plain); r.str("id") == first.str("id") {
			t.Fatal("without enforce_nonce a message must be new")
		}
		time.Sleep(5 * time.Minute)
		if r := c.do("POST", path, body); r.str("id") == first.str("id") {
			t.Fatal("the window never ends")
		}
		if n := len(s.Ledger()); n != 3 {
			t.Fatalf("%d ledger entries, want 3", n)
		}
	})
}

func TestANonceOfADeletedMessageIsAnUnknownMessage(t *testing.T) {
	bubble(t, fakediscord.Options{}, func(t *testing.T, s *fakediscord.Server, c *client) {
		path := "/channels/" + general(s) + "/messages"
		body := map[string]any{"content": "beat", "nonce": 12345, "enforce_nonce": true}
		first := c.do("POST", path, body)
		if err := s.DeleteMessage(general(s), first.str("id")); err != nil {
			t.Fatal(err)
		}
		c.want(c.do("POST", path, body), 404, 10008)
	})
}

func TestComponentsV2AreCheckedLikeDiscordDoes(t *testing.T) {
	text := func(s string) map[string]any { return map[string]any{"type": 10, "content": s} }
	button := func(id string) map[string]any {
		return map[string]any{"type": 2, "style": 1, "label": "Go", "custom_id": id}
	}
	row := func(kids ...any) map[string]any { return map[string]any{"type": 1, "components": kids} }
	many := make([]any, 41)
	for i := range many {
		many[i] = text("x")
	}
	for _, tc := range []struct {
		name       string
		components []any
		path       []string
	}{
		{"too many", many, []string{"components", "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED"}},
		{"too much text", []any{text(strings.Repeat("é", 2001)), text(strings.Repeat("é", 2000))}, []string{"components", "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED"}},
		{"empty text", []any{text("")}, []string{"components", "0", "content", "BASE_TYPE_REQUIRED"}},
		{"button at the top", []any{button("a")}, []string{"components", "0", "type", "UNION_TYPE_CHOICES"}},
		{"container in a container", []any{map[string]any{"type": 17, "components": []any{map[string]any{"type": 17, "components": []any{text("x")}}}}},
			[]string{"components", "0", "components", "0", "type", "UNION_TYPE_CHOICES"}},
		{"same custom_id", []any{row(button("a"), button("a"))}, []string{"components", "0", "components", "1", "custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED"}},
		{"six buttons", []any{row(button("a"), button("b"), button("c"), button("d"), button("e"), button("f"))}, []string{"components", "0", "components", "BASE_TYPE_BAD_LENGTH"}},
		{"long label", []any{row(map[string]any{"type": 2, "style": 1, "label": strings.Repeat("x", 81), "custom_id": "a"})},
			[]string{"components", "0", "components", "0", "label", "BASE_TYPE_MAX_LENGTH"}},
		{"link with custom_id", []any{row(map[string]any{"type": 2, "style": 5, "label": "x", "custom_id": "a", "url": "https://example.org"})},
			[]string{"components", "0", "components", "0", "custom_id", "BUTTON_COMPONENT_FIELD_FORBIDDEN"}},
		{"section without accessory", []any{map[string]any{"type": 9, "components": []any{text("x")}}}, []string{"components", "0", "accessory", "BASE_TYPE_REQUIRED"}},
		{"picture that is not there", []any{map[string]any{"type": 12, "items": []any{map[string]any{"media": map[string]any{"url": "attachment://no.png"}}}}},
			[]string{"components", "0", "items", "0", "media", "url", "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND"}},
		{"misspelt field", []any{map[string]any{"type": 10, "content": "x", "contnet": "y"}}, []string{"components", "0", "contnet", "UNKNOWN_FIELD"}},
		{"same id", []any{map[string]any{"type": 10, "content": "x", "id": 7}, map[string]any{"type": 10, "content": "x", "id": 7}}, []string{"components", "1", "id", "COMPONENT_ID_DUPLICATED"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			bubble(t, fakediscord.Options{}, func(t *testing.T, s *fakediscord.Server, c *client) {
				r := c.do("POST", "/channels/"+general(s)+"/messages", map[string]any{"flags": 32768, "components": tc.components})
				c.complains(r, tc.path...)
				if len(s.Ledger()) != 0 || len(s.Violations()) != 1 {
					t.Fatalf("ledger %d, violations %v", len(s.Ledger()), s.Violations())
				}
			})
		})
	}
}

func TestTextsThatWeighTooMuchAreA500(t *testing.T) {
	bubble(t, fakediscord.Options{Limits: fakediscord.Limits{Off: true}}, func(t *testing.T, s *fakediscord.Server, c *client) {
		path := "/channels/" + general(s) + "/messages"
		// A display of n bytes: hiragana have three each.
		message := func(n int) map[string]any {
			return map[string]any{"flags": 32768, "components": []any{map[string]any{"type": 17, "components": []any{
				textDisplay(strings.Repeat("あ", n/3) + strings.Repeat("x", n%3)),
			}}}}
		}
		m := c.want(c.do("POST", path, message(10_170-12)), 200, 0)
		c.want(c.do("POST", path, message(10_170-11)), 500, 0)
		c.want(c.do("PATCH", path+"/"+m.str("id"), message(10_170-11)), 500, 0)
		if n := len(s.Ledger()); n != 1 {
			t.Errorf("%d entries", n)
		}
	})
}

func TestWhatIsEchoedNeedNotBeWhatWasSent(t *testing.T) {
	bubble(t, fakediscord.Options{}, func(t *testing.T, s *fakediscord.Server, c *client) {
		r := c.want(c.do("POST", "/channels/"+general(s)+"/messages", map[string]any{"content": " one\u0000\n\ttwo\u001b \n"}), 200, 0)
		if r.str("content") != "one\n\ttwo" {
			t.Errorf("%q", r.str("content"))
		}
	})
}
