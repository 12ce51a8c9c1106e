package fakediscord_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"
	"time"

	"storyteller/internal/fakediscord"
)

func textDisplay(s string) map[string]any { return map[string]any{"type": 10, "content": s} }

func TestAnEditChangesOnlyWhatItNames(t *testing.T) {
	bubble(t, fakediscord.Options{}, func(t *testing.T, s *fakediscord.Server, c *client) {
		path := "/channels/" + general(s) + "/messages"
		made := c.want(c.do("POST", path, map[string]any{"content": "old", "embeds": []any{map[string]any{"title": " T "}}}), 200, 0)
		r := c.want(c.do("PATCH", path+"/"+made.str("id"), map[string]any{"content": "new"}), 200, 0)
		embeds := r.m["embeds"].([]any)
		if r.str("content") != "new" || len(embeds) != 1 || embeds[0].(map[string]any)["title"] != "T" {
			t.Fatalf("%s", r.raw)
		}
		if r.m["edited_timestamp"] == nil {
			t.Fatal("the edit does not show")
		}
		r = c.want(c.do("PATCH", path+"/"+made.str("id"), map[string]any{"embeds": nil}), 200, 0)
		if len(r.m["embeds"].([]any)) != 0 {
			t.Fatalf("null did not empty the embeds: %s", r.raw)
		}
		c.want(c.do("PATCH", path+"/"+made.str("id"), map[string]any{"content": ""}), 400, 50006)
		c.complains(c.do("PATCH", path+"/"+made.str("id"), map[string]any{"flags": 64}), "flags", "MESSAGE_FLAGS_NOT_EDITABLE")
		c.want(c.do("PATCH", path+"/123", map[string]any{"content": "x"}), 404, 10008)
	})
}

func TestTheComponentsFlagCanBeAddedAndNeverRemoved(t *testing.T) {
	bubble(t, fakediscord.Options{}, func(t *testing.T, s *fakediscord.Server, c *client) {
		path := "/channels/" + general(s) + "/messages"
		made := c.want(c.do("POST", path, map[string]any{"content": "old"}), 200, 0)
		at := path + "/" + made.str("id")
		v2 := map[string]any{"flags": 32768, "components": []any{textDisplay("new")}}
		c.complains(c.do("PATCH", at, v2), "content", "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2")
		v2["content"] = nil
		r := c.want(c.do("PATCH", at, v2), 200, 0)
		if r.str("content") != "" || r.m["components"].([]any)[0].(map[string]any)["id"] != 1.0 {
			t.Fatalf("%s", r.raw)
		}
		c.complains(c.do("PATCH", at, map[string]any{"flags": 0}), "flags", "MESSAGE_CANNOT_REMOVE_COMPONENTS_V2_FLAG")
		c.complains(c.do("PATCH", at, map[string]any{"content": "back"}), "content", "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2")
		c.want(c.do("PATCH", at, map[string]any{"components": []any{textDisplay("newer")}}), 200, 0)
	})
}

func TestOnlyAllowedMentionsPing(t *testing.T) {
	bubble(t, fakediscord.Options{}, func(t *testing.T, s *fakediscord.Server, c *client) {
		person := anna(t, s)
		path := "/channels/" + general(s) + "/messages"
		quiet := map[string]any{"content": "<@" + person + ">", "allowed_mentions": map[string]any{"parse": []any{}}}
		made := c.want(c.do("POST", path, quiet), 200, 0)
		if len(made.m["mentions"].([]any)) != 0 {
			t.Fatalf("%s", made.raw)
		}
		// An edit that does not say so again pings after all.
		r := c.want(c.do("PATCH", path+"/"+made.str("id"), map[string]any{"content": "<@" + person + ">!"}), 200, 0)
		if len(r.m["mentions"].([]any)) != 1 {
			t.Fatalf("%s", r.raw)
		}
		v2 := map[string]any{"flags": 32768, "components": []any{textDisplay("<@" + person + ">")}}
		if r := c.want(c.do("POST", path, v2), 200, 0); len(r.m["mentions"].([]any)) != 1 {
			t.Fatalf("mentions in Text Displays count too: %s", r.raw)
		}
		both := map[string]any{"content": "x", "allowed_mentions": map[string]any{"parse": []any{"users"}, "users": []any{person}}}
		c.complains(c.do("POST", path, both), "allowed_mentions", "parse", "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE")
	})
}

func TestEditsOfOldMessagesAreCapped(t *testing.T) {
	bubble(t, fakediscord.Options{}, func(t *testing.T, s *fakediscord.Server, c *client) {
		path := "/channels/" + general(s) + "/messages"
		made := c.want(c.do("POST", path, map[string]any{"content": "x"}), 200, 0)
		time.Sleep(61 * time.Minute)
		for i := range 100 {
			r := c.do("PATCH", path+"/"+made.str("id"), map[string]any{"content": fmt.Sprint(i)})
			if r.status == http.StatusTooManyRequests {
				c.want(r, 429, 30046)
				return
			}
			time.Sleep(2 * time.Second)
		}
		t.Fatal("an old message can be edited for ever")
	})
}

// picture is a small PNG.
func picture(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 3, 2))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// upload sends a multipart request.
func (c *client) upload(method, path string, payload any, files map[string][]byte) result {
	c.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	raw, err := json.Marshal(payload)
	if err != nil {
		c.t.Fatal(err)
	}
	_ = w.WriteField("payload_json", string(raw))
	n := 0
	for name, data := range files {
		part, err := w.CreateFormFile(fmt.Sprintf("files[%d]", n), name)
		if err != nil {
			c.t.Fatal(err)
		}
		_, _ = part.Write(data)
		n++
	}
	_ = w.Close()
	req, err := http.NewRequest(method, c.base+path, &b)
	if err != nil {
		c.t.Fatal(err)
	}
	req.Header.Set("Content-Type", w.FormDataContentType())
	r, err := c.send(req)
	if err != nil {
		c.t.Fatal(err)
	}
	return r
}

func TestAPictureIsUploadedShownAndFetched(t *testing.T) {
	bubble(t, fakediscord.Options{}, func(t *testing.T, s *fakediscord.Server, c *client) {
		path := "/channels/" + general(s) + "/messages"
		gallery := map[string]any{"type": 12, "items": []any{map[string]any{"media": map[string]any{"url": "attachment://cover.png"}, "description": "A cover"}}}
		payload := map[string]any{"flags": 32768, "components": []any{gallery}, "attachments": []any{map[string]any{"id": 0, "filename": "cover.png", "description": "A cover"}}}
		r := c.want(c.upload("POST", path, payload, map[string][]byte{"cover.png": picture(t)}), 200, 0)
		item := r.m["components"].([]any)[0].(map[string]any)["items"].([]any)[0].(map[string]any)
		media := item["media"].(map[string]any)
		if media["width"] != 3.0 || media["height"] != 2.0 || item["description"] != "A cover" || media["content_type"] != "image/png" {
			t.Fatalf("%v", item)
		}
		resp, err := c.http.Get(media["url"].(string))
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		data, err := io.ReadAll(resp.Body)
		if err != nil || !bytes.Equal(data, picture(t)) || resp.Header.Get("Content-Type") != "image/png" {
			t.Fatalf("%d bytes of %s, %v", len(data), resp.Header.Get("Content-Type"), err)
		}

		at := path + "/" + r.str("id")
		kept := r.m["attachments"].([]any)[0].(map[string]any)["id"]
		edit := map[string]any{"components": []any{gallery}, "attachments": []any{map[string]any{"id": kept}}}
		c.want(c.do("PATCH", at, edit), 200, 0)
		edit["attachments"] = []any{}
		c.complains(c.do("PATCH", at, edit), "components", "0", "items", "0", "media", "url", "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND")
		unlisted := map[string]any{"attachments": []any{map[string]any{"id": kept}}}
		c.complains(c.upload("PATCH", at, unlisted, map[string][]byte{"b.png": picture(t)}), "attachments", "ATTACHMENT_NOT_LISTED")
		missing := map[string]any{"content": "x", "attachments": []any{map[string]any{"id": 0}}}
		c.complains(c.do("POST", path, missing), "attachments", "0", "ATTACHMENT_NOT_FOUND")
		c.want(c.upload("POST", path, map[string]any{}, map[string][]byte{"big.bin": make([]byte, 10<<20+1)}), 413, 50045)
	})
}

func TestLegacyMessagesAreCheckedInCodePoints(t *testing.T) {
	embed := func(e map[string]any) map[string]any { return map[string]any{"embeds": []any{e}} }
	long := strings.Repeat("é", 4000)
	for _, tc := range []struct {
		name string
		body any
		path []string // nil: accepted
	}{
		{"2000 characters", map[string]any{"content": strings.Repeat("é", 2000)}, nil},
		{"2001 characters", map[string]any{"content": strings.Repeat("é", 2001)}, []string{"content", "BASE_TYPE_MAX_LENGTH"}},
		{"long nonce", map[string]any{"content": "x", "nonce": strings.Repeat("n", 26)}, []string{"nonce", "BASE_TYPE_MAX_LENGTH"}},
		{"ephemeral", map[string]any{"content": "x", "flags": 64}, []string{"flags", "BASE_TYPE_CHOICES"}},
		{"embed title", embed(map[string]any{"title": strings.Repeat("x", 257)}), []string{"embeds", "0", "title", "BASE_TYPE_MAX_LENGTH"}},
		{"embed colour", embed(map[string]any{"title": "x", "color": 1 << 24}), []string{"embeds", "0", "color", "NUMBER_TYPE_MAX"}},
		{"empty field", embed(map[string]any{"fields": []any{map[string]any{"name": "x", "value": ""}}}), []string{"embeds", "0", "fields", "0", "value", "BASE_TYPE_REQUIRED"}},
		{"all embeds", map[string]any{"embeds": []any{map[string]any{"description": long}, map[string]any{"description": long}}}, []string{"embeds", "MAX_EMBED_SIZE_EXCEEDED"}},
		{"embed address", embed(map[string]any{"title": "x", "url": "ftp://example.org"}), []string{"embeds", "0", "url", "URL_TYPE_INVALID_SCHEME"}},
		{"a sticker", map[string]any{"sticker_ids": []any{"5"}}, []string{"sticker_ids", "0", "UNSUPPORTED_HERE"}},
		{"a voice message", map[string]any{"content": "x", "flags": 1 << 13}, []string{"flags", "BASE_TYPE_CHOICES"}},
		{"text display without the flag", map[string]any{"components": []any{textDisplay("x")}}, []string{"components", "0", "type", "UNION_TYPE_CHOICES"}},
		{"content with the flag", map[string]any{"flags": 32768, "content": "x", "components": []any{textDisplay("x")}}, []string{"content", "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"}},
		{"no string", map[string]any{"content": 5}, []string{"content", "STRING_TYPE_CONVERT"}},
		{"content as null", map[string]any{"content": nil, "embeds": []any{map[string]any{"title": "x"}}}, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			bubble(t, fakediscord.Options{}, func(t *testing.T, s *fakediscord.Server, c *client) {
				r := c.do("POST", "/channels/"+general(s)+"/messages", tc.body)
				if tc.path == nil {
					c.want(r, 200, 0)
					return
				}
				c.complains(r, tc.path...)
			})
		})
	}
}

func TestEmptyAndBrokenBodiesAreTold(t *testing.T) {
	bubble(t, fakediscord.Options{}, func(t *testing.T, s *fakediscord.Server, c *client) {
		path := "/channels/" + general(s) + "/messages"
		c.want(c.do("POST", path, map[string]any{}), 400, 50006)
		c.want(c.do("POST", path, map[string]any{"content": " \n"}), 400, 50006)
		c.want(c.do("POST", path, `{"content"`), 400, 50109)
		c.want(c.do("POST", path, `{} {}`), 400, 50109)
		c.complains(c.do("POST", path, `[]`), "DICT_TYPE_CONVERT")
	})
}

func TestAMessageHoldsTenFilesAlsoAfterAnEdit(t *testing.T) {
	bubble(t, fakediscord.Options{Limits: fakediscord.Limits{Off: true}}, func(t *testing.T, s *fakediscord.Server, c *client) {
		path := "/channels/" + general(s) + "/messages"
		files := func(from, n int) map[string][]byte {
			m := map[string][]byte{}
			for i := range n {
				m[fmt.Sprintf("%d.txt", from+i)] = []byte("x")
			}
			return m
		}
		m := c.want(c.upload("POST", path, map[string]any{"content": "x"}, files(0, 9)), 200, 0)
		c.want(c.upload("PATCH", path+"/"+m.str("id"), map[string]any{}, files(9, 2)), 400, 30015)
		c.want(c.upload("PATCH", path+"/"+m.str("id"), map[string]any{}, files(9, 1)), 200, 0)
		c.want(c.upload("POST", path, map[string]any{"content": "x"}, files(0, 11)), 400, 30015)
		if l := s.Messages(general(s)); len(l) != 1 || len(l[0].Attachments) != 10 {
			t.Errorf("%v", l)
		}
	})
}
