package openapi

import (
	"hash/maphash"
	"io"
	"net/http"
	"strings"
	"testing"
)

// answering is a server that always says the same.
type answering struct {
	status int
	body   string
}

func (a answering) RoundTrip(*http.Request) (*http.Response, error) {
	return &http.Response{
		StatusCode: a.status, Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(strings.NewReader(a.body)),
	}, nil
}

const gatewayAnswer = `{"url": "wss://gateway.discord.gg"}`

func TestWhatDiffersIsTold(t *testing.T) {
	if !present() {
		t.Skip(absent)
	}
	for name, c := range map[string]struct {
		method, path, sent string
		server             answering
		complaint          string // empty: none
	}{
		"right":                    {"GET", "/gateway", "", answering{200, gatewayAnswer}, ""},
		"right by the older name":  {"GET", "/../v9/gateway", "", answering{200, gatewayAnswer}, ""},
		"broken on purpose":        {"GET", "/gateway", "", answering{200, `{"url": "wss`}, ""},
		"refused":                  {"POST", "/channels/1/messages", `{"content": 5}`, answering{400, `{"code": 50035, "message": "x"}`}, ""},
		"codes that are words":     {"GET", "/gateway", "", answering{400, `{"code": 1, "message": "x", "errors": {"a": {"_errors": [{"code": "BAD", "message": "x"}]}}}`}, ""},
		"no such route":            {"GET", "/stories", "", answering{200, `{}`}, "GET /stories is not described"},
		"no such route is refused": {"GET", "/stories", "", answering{404, `{"code": 0, "message": "x"}`}, ""},
		"no such parameter":        {"GET", "/gateway?story=1", "", answering{200, gatewayAnswer}, "no parameter story"},
		"a field is missing":       {"GET", "/gateway", "", answering{200, `{}`}, "GET /gateway answer 200"},
		"a wrong type is sent":     {"POST", "/channels/1/messages", `{"content": 5}`, answering{503, ``}, "POST /channels/{channel_id}/messages request"},
		"a body where none goes":   {"GET", "/gateway", `{}`, answering{200, gatewayAnswer}, "takes no body"},
		"a refusal without a code": {"GET", "/gateway", "", answering{403, `{"message": "x"}`}, "refusals answer 403"},
		"an empty 204":             {"POST", "/channels/1/typing", "", answering{204, ""}, ""},
		"a full 204":               {"POST", "/channels/1/typing", "", answering{204, "{}"}, "has no body"},
	} {
		t.Run(name, func(t *testing.T) {
			var traffic Traffic
			req, err := http.NewRequest(c.method, "https://discord.com/api/v10"+c.path, strings.NewReader(c.sent))
			if err != nil {
				t.Fatal(err)
			}
			req.URL.Path = strings.Replace(req.URL.Path, "v10/../", "", 1)
			req.Header.Set("Content-Type", "application/json")
			resp, err := traffic.Over("here", c.server).RoundTrip(req)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := io.ReadAll(resp.Body); string(got) != c.server.body || err != nil {
				t.Errorf("the answer came through as %q, %v", got, err)
			}
			all := traffic.complaints()
			switch {
			case c.complaint == "" && len(all) > 0:
				t.Errorf("a complaint: %s", all[0])
			case c.complaint != "" && (len(all) != 1 || !strings.HasPrefix(all[0], "here: ") || !strings.Contains(all[0], c.complaint)):
				t.Errorf("want one that says %q: %q", c.complaint, all)
			}
		})
	}
}

func TestEventsAreCheckedWhereRESTKnowsThem(t *testing.T) {
	if !present() {
		t.Skip(absent)
	}
	var traffic Traffic
	traffic.Event("here", "GUILD_CREATE", []byte(`{"id": "1", "unavailable": true}`))
	traffic.Event("here", "PRESENCE_UPDATE", []byte(`{}`))
	if all := traffic.complaints(); len(all) > 0 {
		t.Errorf("a complaint: %s", all[0])
	}
	traffic.Event("here", "INTERACTION_CREATE", []byte(`{"member": {"user": 5}}`))
	traffic.Event("here", "GUILD_CREATE", []byte(`{"channels": [{"id": 5}]}`))
	if all := traffic.complaints(); len(all) != 2 {
		t.Errorf("want two complaints: %q", all)
	}
}

func TestTheSameShapeIsKeptOnce(t *testing.T) {
	of := func(text string) uint64 {
		var h maphash.Hash
		h.SetSeed(seed)
		shape(&h, []byte(text))
		return h.Sum64()
	}
	token := strings.Repeat("aB-_", 20)
	for _, same := range [][2]string{
		{`{"id":"1477636521984000000"}`, `{"id":"1477636521984000001"}`},
		{`{"at":"2026-03-01T12:00:00.000000+00:00","x":1}`, `{"at":"2026-03-02T12:30:00.100000+00:00","x":1}`},
		{"/webhooks/1/" + token, "/webhooks/1/" + token + "x"},
	} {
		if of(same[0]) != of(same[1]) {
			t.Errorf("%s and %s are of one shape", same[0], same[1])
		}
	}
	for _, other := range [][2]string{
		{`{"type":3}`, `{"type":4}`}, {`{"id":"1477636521984000000"}`, `{"id":1477636521984000000}`}, {`"2026-03-01T12:00"`, `"2026"`},
		{`{"at":"2026-03-01T12:00:00+00:00","x":1}`, `{"at":"2026-03-01T12:00:00+00:00","x":2}`}, {"a", "b"}, {"", "0"},
	} {
		if of(other[0]) == of(other[1]) {
			t.Errorf("%s and %s are of different shapes", other[0], other[1])
		}
	}
}
