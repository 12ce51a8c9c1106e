package fakediscord_test

import (
	"testing"
	"time"

	"storyteller/internal/fakediscord"
)

func TestPinsAreKeptInOrder(t *testing.T) {
	bubble(t, fakediscord.Options{Limits: fakediscord.Limits{Off: true}}, func(t *testing.T, s *fakediscord.Server, c *client) {
		path := "/channels/" + general(s)
		var ids []string
		for range 2 {
			ids = append(ids, c.want(c.do("POST", path+"/messages", map[string]any{"content": "x"}), 200, 0).str("id"))
		}
		c.want(c.do("PUT", path+"/messages/pins/"+ids[0], nil), 403, 50013)
		letIn(t, s)
		c.want(c.do("PUT", path+"/messages/pins/"+ids[0], nil), 204, 0)
		time.Sleep(time.Second)
		c.want(c.do("PUT", path+"/pins/"+ids[1], nil), 204, 0) // the older route
		c.want(c.do("PUT", path+"/pins/"+ids[1], nil), 204, 0)
		r := c.want(c.do("GET", path+"/messages/pins?limit=1", nil), 200, 0)
		items, _ := r.m["items"].([]any)
		if len(items) != 1 || r.m["has_more"] != true || items[0].(map[string]any)["message"].(map[string]any)["id"] != ids[1] {
			t.Errorf("%s", r.raw)
		}
		if l := c.want(c.do("GET", path+"/pins", nil), 200, 0).list; len(l) != 2 || l[1]["id"] != ids[0] || l[1]["pinned"] != true {
			t.Errorf("%v", l)
		}
		c.want(c.do("DELETE", path+"/messages/pins/"+ids[1], nil), 204, 0)
		if err := s.DeleteMessage(general(s), ids[0]); err != nil {
			t.Fatal(err)
		}
		if r := c.want(c.do("GET", path+"/messages/pins", nil), 200, 0); len(r.m["items"].([]any)) != 0 {
			t.Errorf("%s", r.raw)
		}
		for range 250 {
			id := c.do("POST", path+"/messages", map[string]any{"content": "x"}).str("id")
			c.want(c.do("PUT", path+"/messages/pins/"+id, nil), 204, 0)
		}
		id := c.do("POST", path+"/messages", map[string]any{"content": "x"}).str("id")
		c.want(c.do("PUT", path+"/messages/pins/"+id, nil), 400, 30003)
	})
}
