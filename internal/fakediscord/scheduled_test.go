package fakediscord_test

import (
	"testing"
	"time"

	"storyteller/internal/fakediscord"
)

// evening is a scheduled event that begins in an hour and lasts one.
func evening(extra map[string]any) map[string]any {
	e := map[string]any{
		"name": "The Last Dance", "privacy_level": 2, "entity_type": 3, "channel_id": nil, "entity_metadata": map[string]any{"location": "#general"},
		"scheduled_start_time": time.Now().Add(time.Hour).Format(time.RFC3339), "scheduled_end_time": time.Now().Add(2 * time.Hour).Format(time.RFC3339),
	}
	for key, v := range extra {
		e[key] = v
	}
	return e
}

func TestAScheduledEventRunsByTheClock(t *testing.T) {
	bubble(t, fakediscord.Options{}, func(t *testing.T, s *fakediscord.Server, c *client) {
		path := "/guilds/" + s.Guild().ID + "/scheduled-events"
		c.want(c.do("POST", path, evening(nil)), 403, 50013)
		letIn(t, s)
		w, _ := login(t, s, map[string]any{"intents": 1 << 16, "compress": false})
		e := c.want(c.do("POST", path, evening(nil)), 200, 0)
		if p := w.until("GUILD_SCHEDULED_EVENT_CREATE"); p.m["id"] != e.str("id") {
			t.Errorf("%v", p.m)
		}
		_ = w.ws.Close()
		status := func() any { return c.want(c.do("GET", path+"/"+e.str("id"), nil), 200, 0).m["status"] }
		if status() != 1.0 {
			t.Error("it has begun too soon")
		}
		time.Sleep(61 * time.Minute)
		if status() != 2.0 {
			t.Error("it has not begun")
		}
		time.Sleep(time.Hour)
		c.want(c.do("GET", path+"/"+e.str("id"), nil), 404, 10070)
		if l := c.want(c.do("GET", path, nil), 200, 0).list; len(l) != 0 {
			t.Errorf("%v", l)
		}
	})
}

func TestScheduledEventsAreChangedAndChecked(t *testing.T) {
	bubble(t, fakediscord.Options{Limits: fakediscord.Limits{Off: true}}, func(t *testing.T, s *fakediscord.Server, c *client) {
		letIn(t, s)
		path := "/guilds/" + s.Guild().ID + "/scheduled-events"
		past := time.Now().Add(-time.Minute).Format(time.RFC3339)
		for _, wrong := range []map[string]any{
			{"scheduled_end_time": nil}, {"entity_metadata": map[string]any{}}, {"entity_type": 2}, {"channel_id": general(s)},
			{"scheduled_start_time": past}, {"scheduled_end_time": past}, {"privacy_level": 1}, {"name": ""},
		} {
			if r := c.do("POST", path, evening(wrong)); r.code() != 50035 {
				t.Errorf("%v was taken: %s", wrong, r.raw)
			}
		}
		e := c.want(c.do("POST", path, evening(nil)), 200, 0)
		one := path + "/" + e.str("id")
		if r := c.want(c.do("PATCH", one, map[string]any{"name": "Again"}), 200, 0); r.str("name") != "Again" || r.m["status"] != 1.0 {
			t.Errorf("%s", r.raw)
		}
		c.complains(c.do("PATCH", one, map[string]any{"status": 3}), "status", "GUILD_SCHEDULED_EVENT_INVALID_STATUS")
		c.want(c.do("PATCH", one, map[string]any{"status": 2}), 200, 0)
		c.want(c.do("PATCH", one, map[string]any{"status": 3}), 200, 0)
		c.want(c.do("GET", one, nil), 404, 10070)
		for range 100 {
			e = c.want(c.do("POST", path, evening(nil)), 200, 0)
		}
		c.want(c.do("POST", path, evening(nil)), 400, 30038)
		c.want(c.do("DELETE", path+"/"+e.str("id"), nil), 204, 0)
		c.want(c.do("POST", path, evening(nil)), 200, 0)
	})
}
