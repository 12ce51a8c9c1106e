package fakediscord_test

import (
	"testing"
	"time"

	"storyteller/internal/fakediscord"
)

func poll(extra map[string]any) map[string]any {
	answer := func(text string) map[string]any { return map[string]any{"poll_media": map[string]any{"text": text}} }
	p := map[string]any{"question": map[string]any{"text": "Left or right?"}, "answers": []any{answer("Left"), answer("Right")}}
	for key, v := range extra {
		p[key] = v
	}
	return map[string]any{"poll": p}
}

func results(r map[string]any) map[string]any {
	p, _ := r["poll"].(map[string]any)
	m, _ := p["results"].(map[string]any)
	return m
}

func TestAPollRunsUntilItsTime(t *testing.T) {
	bubble(t, fakediscord.Options{}, func(t *testing.T, s *fakediscord.Server, c *client) {
		path := "/channels/" + general(s) + "/messages"
		c.want(c.do("POST", path, poll(nil)), 403, 50013)
		letIn(t, s)
		m := c.want(c.do("POST", path, poll(map[string]any{"duration": 2})), 200, 0)
		person, other := anna(t, s), anna(t, s)
		vote := func(who string, answers ...int) error { return s.VotePoll(who, general(s), m.str("id"), answers...) }
		if vote(person, 1, 2) == nil || vote(person, 3) == nil {
			t.Error("two answers, or one that is not there, were taken")
		}
		for _, err := range []error{vote(person, 1), vote(other, 1), vote(person, 2)} {
			if err != nil {
				t.Fatal(err)
			}
		}
		voters := c.want(c.do("GET", "/channels/"+general(s)+"/polls/"+m.str("id")+"/answers/2", nil), 200, 0)
		if l, _ := voters.m["users"].([]any); len(l) != 1 {
			t.Errorf("%s", voters.raw)
		}
		c.want(c.do("PATCH", path+"/"+m.str("id"), map[string]any{"content": "x"}), 400, 520003)
		now := c.want(c.do("GET", path+"/"+m.str("id"), nil), 200, 0)
		if r := results(now.m); r["is_finalized"] != false || len(r["answer_counts"].([]any)) != 2 {
			t.Errorf("%s", now.raw)
		}
		if n := len(s.Ledger()); n != 1 {
			t.Errorf("votes are in the ledger: %d entries", n)
		}
		time.Sleep(2*time.Hour + time.Second)
		l := c.want(c.do("GET", path, nil), 200, 0).list
		if len(l) != 2 || l[0]["type"] != 46.0 || results(l[1])["is_finalized"] != true {
			t.Errorf("%v", l)
		}
		if vote(person, 1) == nil {
			t.Error("a poll that is over took a vote")
		}
		c.want(c.do("POST", "/channels/"+general(s)+"/polls/"+m.str("id")+"/expire", nil), 400, 520001)
	})
}

func TestAPollIsEndedEarly(t *testing.T) {
	bubble(t, fakediscord.Options{Limits: fakediscord.Limits{Off: true}}, func(t *testing.T, s *fakediscord.Server, c *client) {
		letIn(t, s)
		path := "/channels/" + general(s)
		m := c.want(c.do("POST", path+"/messages", poll(map[string]any{"allow_multiselect": true})), 200, 0)
		person := anna(t, s)
		if err := s.VotePoll(person, general(s), m.str("id"), 1, 2); err != nil {
			t.Fatal(err)
		}
		if err := s.VotePoll(person, general(s), m.str("id")); err != nil {
			t.Fatal(err)
		}
		ended := c.want(c.do("POST", path+"/polls/"+m.str("id")+"/expire", nil), 200, 0)
		if r := results(ended.m); r["is_finalized"] != true || len(r["answer_counts"].([]any)) != 0 {
			t.Errorf("%s", ended.raw)
		}
		plain := c.want(c.do("POST", path+"/messages", map[string]any{"content": "x"}), 200, 0)
		c.want(c.do("POST", path+"/polls/"+plain.str("id")+"/expire", nil), 400, 520006)
		for _, wrong := range []map[string]any{{"duration": 0}, {"duration": 769}, {"answers": []any{}}, {"question": map[string]any{}}} {
			if r := c.do("POST", path+"/messages", poll(wrong)); r.code() != 50035 {
				t.Errorf("%v was taken: %s", wrong, r.raw)
			}
		}
		v2 := poll(nil)
		v2["flags"], v2["components"] = 32768, []any{textDisplay("x")}
		c.complains(c.do("POST", path+"/messages", v2), "poll", "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2")
	})
}
