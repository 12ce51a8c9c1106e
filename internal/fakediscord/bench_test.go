package fakediscord_test

import (
	"strconv"
	"testing"

	"storyteller/internal/fakediscord"
)

// BenchmarkCreate shows what a post costs without sockets: a simulation makes
// hundreds of thousands.
func BenchmarkCreate(b *testing.B) {
	s := fakediscord.New(fakediscord.Options{Limits: fakediscord.Limits{Off: true}})
	defer s.Close()
	c := newClient(b, s)
	path := "/channels/" + general(s) + "/messages"
	b.ReportAllocs()
	for i := range b.N {
		body := `{"flags":32768,"components":[{"type":10,"content":"A beat."}],"nonce":"` + strconv.Itoa(i) + `","enforce_nonce":true}`
		if r := c.do("POST", path, body); r.status != 200 {
			b.Fatalf("%s", r.raw)
		}
	}
}
