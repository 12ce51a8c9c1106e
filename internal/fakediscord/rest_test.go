package fakediscord_test

import (
	"encoding/json"
	"net/http"
	"strconv"
	"testing"
	"time"

	"storyteller/internal/fakediscord"
)

func TestHistoryIsReadNewestFirst(t *testing.T) {
	bubble(t, fakediscord.Options{Limits: fakediscord.Limits{Off: true}}, func(t *testing.T, s *fakediscord.Server, c *client) {
		path := "/channels/" + general(s) + "/messages"
		var ids []string
		for i := range 10 {
			ids = append(ids, c.want(c.do("POST", path, map[string]any{"content": strconv.Itoa(i)}), 200, 0).str("id"))
			time.Sleep(time.Second)
		}
		for query, want := range map[string]string{
			"":                               "9876543210",
			"?limit=3":                       "987",
			"?after=" + ids[4] + "&limit=3":  "765",
			"?after=" + ids[8]:               "9",
			"?after=" + ids[9]:               "",
			"?before=" + ids[4]:              "3210",
			"?before=" + ids[4] + "&limit=2": "32",
			"?around=" + ids[5] + "&limit=4": "6543",
		} {
			got := ""
			r := c.want(c.do("GET", path+query, nil), 200, 0)
			for _, m := range r.list {
				got += m["content"].(string)
			}
			if got != want {
				t.Errorf("%q: %q, want %q", query, got, want)
			}
		}
		c.complains(c.do("GET", path+"?limit=101", nil), "limit", "NUMBER_TYPE_MAX")
		if err := s.Permit("", general(s), s.Bot().ID, fakediscord.ViewChannel|fakediscord.SendMessages); err != nil {
			t.Fatal(err)
		}
		if r := c.want(c.do("GET", path, nil), 200, 0); string(r.raw) != "[]" {
			t.Fatalf("history without the permission: %s", r.raw)
		}
	})
}

func TestOthersMessagesHaveNoContentForTheBot(t *testing.T) {
	bubble(t, fakediscord.Options{}, func(t *testing.T, s *fakediscord.Server, c *client) {
		person := anna(t, s)
		for _, text := range []string{"secret", "hello <@" + s.Bot().ID + ">"} {
			if _, err := s.Say(person, general(s), text); err != nil {
				t.Fatal(err)
			}
		}
		r := c.want(c.do("GET", "/channels/"+general(s)+"/messages", nil), 200, 0)
		if r.list[1]["content"] != "" || r.list[0]["content"] == "" {
			t.Fatalf("%s", r.raw)
		}
	})
}

func TestUnknownRoutesFailLoudly(t *testing.T) {
	bubble(t, fakediscord.Options{}, func(t *testing.T, s *fakediscord.Server, c *client) {
		c.want(c.do("GET", "/story", nil), 404, 0)
		c.want(c.do("PUT", "/channels/"+general(s), map[string]any{}), 405, 0)
		c.complains(c.do("GET", "/channels/general", nil), "channel_id", "NUMBER_TYPE_COERCE")
		c.base = "https://discord.com/api/v8"
		c.want(c.do("GET", "/users/@me", nil), 400, 50041)
		c.base = "https://discord.com/api"
		c.want(c.do("GET", "/users/@me", nil), 404, 0)
		c.base = "https://discord.com/api/v10"
		if n := len(s.Violations()); n != 5 {
			t.Fatalf("%d violations: %v", n, s.Violations())
		}
	})
}

func TestRequestsNeedATokenAndAnAgent(t *testing.T) {
	bubble(t, fakediscord.Options{}, func(t *testing.T, s *fakediscord.Server, c *client) {
		c.auth = fakediscord.DefaultToken // without "Bot "
		c.want(c.do("GET", "/users/@me", nil), 401, 0)
		c.auth = ""
		c.want(c.do("GET", "/gateway", nil), 200, 0)
		resp, err := c.http.Get(c.base + "/gateway")
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		if resp.StatusCode != http.StatusForbidden {
			t.Fatalf("an agent that is no DiscordBot passes: %d", resp.StatusCode)
		}
	})
}

func TestABucketSaysWhenItIsEmpty(t *testing.T) {
	bubble(t, fakediscord.Options{}, func(t *testing.T, s *fakediscord.Server, c *client) {
		path := "/channels/" + general(s) + "/messages"
		post := func() result { return c.do("POST", path, map[string]any{"content": "x"}) }
		for i := range 5 {
			r := c.want(post(), 200, 0)
			if got := r.header.Get("X-RateLimit-Remaining"); got != strconv.Itoa(4-i) {
				t.Fatalf("%s remain", got)
			}
		}
		time.Sleep(time.Second)
		r := c.want(post(), 429, 0)
		if r.header.Get("X-RateLimit-Scope") != "user" || r.header.Get("X-RateLimit-Reset-After") != "4.000" || r.m["retry_after"] != 4.0 || r.header.Get("Retry-After") != "4" {
			t.Fatalf("%v %s", r.header, r.raw)
		}
		time.Sleep(4 * time.Second)
		c.want(post(), 200, 0)
		if date := r.header.Get("Date"); date != "Sun, 01 Mar 2026 12:00:01 GMT" {
			t.Fatalf("Date %q", date)
		}
	})
}

func TestTheGlobalLimitHasOnlyTheDocumentedHeaders(t *testing.T) {
	bubble(t, fakediscord.Options{Limits: fakediscord.Limits{Routes: map[string]fakediscord.Limit{"GET /users/@me": {}}}}, func(t *testing.T, s *fakediscord.Server, c *client) {
		for range 50 {
			c.want(c.do("GET", "/users/@me", nil), 200, 0)
		}
		r := c.want(c.do("GET", "/users/@me", nil), 429, 0)
		if r.header.Get("X-RateLimit-Global") != "true" || r.header.Get("X-RateLimit-Reset-After") != "" || r.header.Get("X-RateLimit-Scope") != "global" || r.m["global"] != true {
			t.Fatalf("%v %s", r.header, r.raw)
		}
		// Interactions are outside it.
		c.want(c.do("POST", "/interactions/1/x/callback", map[string]any{"type": 4}), 404, 10062)
	})
}

func TestFaultsThatLimit(t *testing.T) {
	bubble(t, fakediscord.Options{}, func(t *testing.T, s *fakediscord.Server, c *client) {
		fail := func(f fakediscord.Fault) result {
			t.Helper()
			f.Status, f.RetryAfter = 429, 1300*time.Second
			if _, err := s.Fail(f); err != nil {
				t.Fatal(err)
			}
			return c.do("GET", "/users/@me", nil)
		}
		if r := fail(fakediscord.Fault{Scope: "shared", Code: 20028}); r.code() != 20028 || r.header.Get("X-RateLimit-Scope") != "shared" || r.header.Get("Retry-After") != "1300" {
			t.Fatalf("%v %s", r.header, r.raw)
		}
		if r := fail(fakediscord.Fault{Scope: "cloudflare"}); r.status != 429 || r.header.Get("Content-Type") != "text/html; charset=UTF-8" || json.Valid(r.raw) {
			t.Fatalf("%v %s", r.header, r.raw)
		}
		remove, err := s.Fail(fakediscord.Fault{Route: "/users/*", Delay: 3 * time.Second, Times: -1, Skip: 1})
		if err != nil {
			t.Fatal(err)
		}
		c.do("GET", "/users/@me", nil)
		start := time.Now()
		c.want(c.do("GET", "/users/@me", nil), 200, 0)
		if d := time.Since(start); d != 3*time.Second {
			t.Fatalf("%v", d)
		}
		if n := remove(); n != 1 {
			t.Fatalf("%d hits", n)
		}
	})
}

func TestTooManyInvalidRequestsEndInABan(t *testing.T) {
	o := fakediscord.Options{InvalidLimit: 20, Limits: fakediscord.Limits{Off: true}}
	bubble(t, o, func(t *testing.T, s *fakediscord.Server, c *client) {
		c.auth = "Bot wrong"
		for range 20 {
			c.want(c.do("GET", "/users/@me", nil), 401, 0)
		}
		c.auth = "Bot " + fakediscord.DefaultToken
		if r := c.do("GET", "/users/@me", nil); r.status != 429 || json.Valid(r.raw) {
			t.Fatalf("no ban: %s", r.raw)
		}
		time.Sleep(10 * time.Minute)
		c.want(c.do("GET", "/users/@me", nil), 200, 0)
	})
}

// TestTenThousandInvalidRequestsEndInABan has Discord's own number. What is
// limited because of others does not count.
func TestTenThousandInvalidRequestsEndInABan(t *testing.T) {
	bubble(t, fakediscord.Options{Limits: fakediscord.Limits{Off: true}}, func(t *testing.T, s *fakediscord.Server, c *client) {
		for scope, counts := range map[string]bool{"shared": false, "user": true} {
			if _, err := s.Fail(fakediscord.Fault{Status: 429, Scope: scope, Times: 9_999}); err != nil {
				t.Fatal(err)
			}
			for range 9_999 {
				c.want(c.do("GET", "/gateway", nil), 429, 0)
			}
			c.want(c.do("GET", "/gateway", nil), 200, 0)
			c.auth = "Bot wrong"
			c.want(c.do("GET", "/users/@me", nil), 401, 0)
			c.auth = "Bot " + fakediscord.DefaultToken
			if banned := c.do("GET", "/gateway", nil).status == 429; banned != counts {
				t.Errorf("%s: banned is %v", scope, banned)
			}
			time.Sleep(10 * time.Minute)
		}
	})
}

func TestIdsAndDatesFollowTheClock(t *testing.T) {
	bubble(t, fakediscord.Options{}, func(t *testing.T, s *fakediscord.Server, c *client) {
		var last uint64
		for range 5 {
			r := c.want(c.do("POST", "/channels/"+general(s)+"/messages", map[string]any{"content": "x"}), 200, 0)
			id, err := strconv.ParseUint(r.str("id"), 10, 64)
			if err != nil || id <= last {
				t.Fatalf("%s after %d: %v", r.str("id"), last, err)
			}
			last = id
			if at := time.UnixMilli(int64(id>>22) + 1420070400000); time.Since(at).Abs() > 10*time.Millisecond {
				t.Errorf("the id is of %v, now is %v", at, time.Now())
			}
			if date, err := http.ParseTime(r.header.Get("Date")); err != nil || !date.Equal(time.Now().Truncate(time.Second)) {
				t.Errorf("Date: %s", r.header.Get("Date"))
			}
			time.Sleep(1500 * time.Millisecond)
		}
	})
}

func TestPermissionsDecideWhatTheBotMayDo(t *testing.T) {
	const all = fakediscord.DefaultBotPermissions
	bubble(t, fakediscord.Options{Limits: fakediscord.Limits{Off: true}}, func(t *testing.T, s *fakediscord.Server, c *client) {
		path := "/channels/" + general(s)
		for _, tc := range []struct {
			without fakediscord.Permissions
			path    string
			body    any
			code    int
		}{
			{fakediscord.ViewChannel, "/messages", map[string]any{"content": "x"}, 50001},
			{fakediscord.SendMessages, "/messages", map[string]any{"content": "x"}, 50013},
			{fakediscord.EmbedLinks, "/messages", map[string]any{"embeds": []any{map[string]any{"title": "x"}}}, 50013},
			{fakediscord.SendMessages, "/typing", nil, 50013},
			{fakediscord.CreatePublicThreads, "/threads", map[string]any{"name": "x", "type": 11}, 50013},
		} {
			if err := s.Permit("", general(s), s.Bot().ID, all&^tc.without); err != nil {
				t.Fatal(err)
			}
			c.want(c.do("POST", path+tc.path, tc.body), 403, tc.code)
			if err := s.Permit("", general(s), s.Bot().ID, all); err != nil {
				t.Fatal(err)
			}
			if r := c.do("POST", path+tc.path, tc.body); r.status >= 300 {
				t.Fatalf("%s with all permissions: %s", tc.path, r.raw)
			}
		}
		if err := s.Permit("", general(s), s.Bot().ID, all&^fakediscord.AttachFiles); err != nil {
			t.Fatal(err)
		}
		c.want(c.upload("POST", path+"/messages", map[string]any{}, map[string][]byte{"a.png": picture(t)}), 403, 50013)
		r := c.want(c.do("GET", path, nil), 200, 0)
		overwrite := r.m["permission_overwrites"].([]any)[0].(map[string]any)
		if overwrite["deny"] != fakediscord.AttachFiles.String() || overwrite["id"] != s.Bot().ID {
			t.Fatalf("%v", overwrite)
		}
		if len(s.Violations()) > 0 {
			t.Fatal(s.Violations())
		}
	})
}

func TestThreadsHaveTheirRules(t *testing.T) {
	bubble(t, fakediscord.Options{Limits: fakediscord.Limits{Off: true}}, func(t *testing.T, s *fakediscord.Server, c *client) {
		path := "/channels/" + general(s) + "/messages"
		head := c.want(c.do("POST", path, map[string]any{"content": "head"}), 200, 0).str("id")
		at := path + "/" + head + "/threads"
		c.complains(c.do("POST", at, map[string]any{"name": "x", "auto_archive_duration": 61}), "auto_archive_duration", "BASE_TYPE_CHOICES")
		th := c.want(c.do("POST", at, map[string]any{"name": "story", "auto_archive_duration": 10080}), 201, 0)
		if th.str("id") != head || th.m["type"] != 11.0 {
			t.Fatalf("%s", th.raw)
		}
		c.want(c.do("POST", at, map[string]any{"name": "again"}), 400, 160004)
		inside := "/channels/" + head
		beat := c.want(c.do("POST", inside+"/messages", map[string]any{"content": "beat"}), 200, 0).str("id")
		archive := func(archived, locked bool) {
			if err := s.SetThread(head, archived, locked); err != nil {
				t.Fatal(err)
			}
		}
		archive(true, false)
		c.want(c.do("PATCH", inside+"/messages/"+beat, map[string]any{"content": "new"}), 400, 50083)
		c.want(c.do("POST", inside+"/messages", map[string]any{"content": "wakes it"}), 200, 0)
		c.want(c.do("PATCH", inside+"/messages/"+beat, map[string]any{"content": "new"}), 200, 0)
		c.want(c.do("PATCH", inside, map[string]any{"archived": true}), 200, 0)
		r := c.want(c.do("PATCH", inside, map[string]any{"archived": false}), 200, 0)
		if r.m["thread_metadata"].(map[string]any)["archived"] != false {
			t.Fatalf("%s", r.raw)
		}
		archive(false, true)
		c.want(c.do("POST", inside+"/messages", map[string]any{"content": "x"}), 400, 160005)
		c.want(c.do("PATCH", inside, map[string]any{"locked": false}), 403, 50013)

		forum, err := s.AddChannel(fakediscord.Channel{Name: "tales", Type: fakediscord.ChannelForum})
		if err != nil {
			t.Fatal(err)
		}
		c.want(c.do("POST", "/channels/"+forum.ID+"/messages", map[string]any{"content": "x"}), 400, 40058)
		post := c.want(c.do("POST", "/channels/"+forum.ID+"/threads", map[string]any{"name": "tale", "message": map[string]any{"content": "once"}}), 201, 0)
		if first := c.want(c.do("GET", "/channels/"+post.str("id")+"/messages/"+post.str("id"), nil), 200, 0); first.str("content") != "once" {
			t.Fatalf("%s", first.raw)
		}
		nonce := map[string]any{"name": "tale", "message": map[string]any{"content": "once", "nonce": "1"}}
		c.complains(c.do("POST", "/channels/"+forum.ID+"/threads", nonce), "message", "nonce", "UNKNOWN_FIELD")
	})
}

func TestAGuildHoldsAThousandOpenThreads(t *testing.T) {
	bubble(t, fakediscord.Options{Limits: fakediscord.Limits{Off: true}}, func(t *testing.T, s *fakediscord.Server, c *client) {
		path, last := "/channels/"+general(s)+"/threads", ""
		for range 1000 {
			last = c.want(c.do("POST", path, map[string]any{"name": "t", "type": 11}), 201, 0).str("id")
		}
		c.want(c.do("POST", path, map[string]any{"name": "t", "type": 11}), 400, 160006)
		m := c.want(c.do("POST", "/channels/"+general(s)+"/messages", map[string]any{"content": "x"}), 200, 0)
		c.want(c.do("POST", "/channels/"+general(s)+"/messages/"+m.str("id")+"/threads", map[string]any{"name": "t"}), 400, 160006)
		if err := s.SetThread(last, true, false); err != nil {
			t.Fatal(err)
		}
		c.want(c.do("POST", path, map[string]any{"name": "t", "type": 11}), 201, 0)
	})
}

func TestReadsOfTheWorld(t *testing.T) {
	bubble(t, fakediscord.Options{}, func(t *testing.T, s *fakediscord.Server, c *client) {
		person, g := anna(t, s), s.Guild().ID
		for path, want := range map[string]string{
			"/users/@me":                          s.Bot().ID,
			"/users/" + person:                    person,
			"/applications/@me":                   s.Bot().ID,
			"/oauth2/applications/@me":            s.Bot().ID,
			"/guilds/" + g:                        g,
			"/channels/" + general(s):             general(s),
			"/guilds/" + g + "/members/" + person: "",
			"/guilds/" + g + "/roles":             "",
			"/guilds/" + g + "/channels":          "",
			"/guilds/" + g + "/threads/active":    "",
			"/users/@me/guilds":                   "",
		} {
			if r := c.want(c.do("GET", path, nil), 200, 0); want != "" && r.str("id") != want {
				t.Errorf("%s: %s", path, r.raw)
			}
		}
		if r := c.do("GET", "/gateway", nil); r.str("url") != "ws://discord.com/gateway-ws" {
			t.Errorf("%s", r.raw)
		}
		c.want(c.do("GET", "/guilds/1", nil), 404, 10004)
		c.want(c.do("GET", "/guilds/"+g+"/members/1", nil), 404, 10007)
		c.want(c.do("DELETE", "/users/@me/guilds/"+g, nil), 204, 0)
		c.want(c.do("GET", "/guilds/"+g, nil), 403, 50001)
	})
}
