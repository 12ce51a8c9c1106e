package library

import (
	"strings"
	"testing"
	"time"
)

func TestValues(t *testing.T) {
	for _, test := range []struct {
		name, value string
		good        bool
	}{
		{"color", "7a2e2e", true}, {"color", "0xFFFFFF", true}, {"color", "red", false}, {"color", "7a2e2", false}, {"color", "1234567", false},
		{"pace", "1", true}, {"pace", "0.25", true}, {"pace", "4", true}, {"pace", "4.1", false}, {"pace", "NaN", false}, {"pace", "-1", false}, {"pace", "", false},
		{"pause", "4s", true}, {"pause", "1m30s", true}, {"pause", "10m", true}, {"pause", "10m1s", false}, {"pause", "0s", false}, {"pause", "", false},
		{"vote", "15s", true}, {"vote", "24h", true}, {"vote", "14s", false}, {"vote", "25h", false}, {"vote", "90", false},
		{"language", "en", true}, {"language", "pt-BR", true}, {"language", "zh-Hant-TW", true}, {"language", "English", false}, {"language", "", false},
		{"emoji", "🔥", true}, {"emoji", "⛲", true}, {"emoji", "❤️", true}, {"emoji", "👩‍🚀", true}, {"emoji", "1️⃣", true}, {"emoji", "🇫🇷", true}, {"emoji", "ℹ️", true},
		{"emoji", "", false}, {"emoji", "fire", false}, {"emoji", "é", false}, {"emoji", ":fire:", false}, {"emoji", "<:a:123>", false}, {"emoji", "🔥 now", false}, {"emoji", "1", false},
		{"style", "danger", true}, {"style", "Danger", false}, {"style", "", false},
		{"beat", "", true}, {"beat", "now", false}, {"default", "", true},
		{"image", "a.png | A", true}, {"image", "a.PNG", true}, {"image", "a.svg | A", false}, {"image", "| A", false}, {"image", "", false},
		{"ending", "The Wall", true}, {"ending", "", false}, {"ending", strings.Repeat("x", MaxName+1), false},
	} {
		r, known := ruleOf(test.name)
		if !known {
			t.Fatalf("no rule for %q", test.name)
		}
		if bad := r.check(test.value); (bad == nil) != test.good {
			t.Errorf("%s %q: %+v", test.name, test.value, bad)
		}
	}
}

func TestBlackIsAColour(t *testing.T) {
	if c, bad := parseColor("000000"); bad != nil || c == 0 {
		t.Errorf("got %d, %v", c, bad)
	}
	if c, _ := parseColor("7a2e2e"); c != 0x7a2e2e {
		t.Errorf("got %x", c)
	}
}

func TestSuggestions(t *testing.T) {
	for name, want := range map[string]string{
		"titel": "title", "colour": "color", "puase": "pause", "writein": "write-in", "ednings": "ending", "speeker": "speaker", "xyzzy": "", "": "",
		strings.Repeat("a", 10_000): "",
	} {
		if got := suggest(name); got != want {
			t.Errorf("%q: did you mean %q? want %q", name, got, want)
		}
	}
}

func TestATypicalReading(t *testing.T) {
	words := strings.Repeat("word ", 110) // half a minute
	story := mustLoad(t, files("a.ink", "# title: A\n"+words+"# pause 30s\n"+
		"* [Left]\n* [Right]\n- More. # vote 4m\n+ [On]\n- The end. # ending: One\n-> END\n"), "a")
	// 30 s of reading, 30 s of pause, 30 s of the first vote and 2 min of the second.
	if m := story.Meta; m.Minutes != 4 || m.Votes != 2 {
		t.Errorf("%d minutes, %d votes", m.Minutes, m.Votes)
	}
	slow := mustLoad(t, files("a.ink", "# title: A\n# pace: 0.25\n"+strings.Repeat(words+"\n", 10)+"-> END\n"), "a")
	if m := slow.Meta; m.Minutes != 20 || m.Votes != 0 {
		t.Errorf("slowly: %d minutes, %d votes", m.Minutes, m.Votes)
	}
}

func TestSpans(t *testing.T) {
	for d, want := range map[time.Duration]string{15 * time.Second: "15s", 10 * time.Minute: "10m", 24 * time.Hour: "24h", 90 * time.Second: "1m30s"} {
		if got := span(d); got != want {
			t.Errorf("%v is %q", d, got)
		}
	}
}
