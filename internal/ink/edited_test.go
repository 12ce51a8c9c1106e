package ink

import (
	"strings"
	"testing"
)

const firstEdition = `
VAR gold = 5
VAR old = 1
LIST bag = (rope), (lamp)
~ gold = 7
~ old = 2
~ bag += lamp
-> inn
== inn
An inn.
+ [Stay] -> bed
+ [Leave] -> road
= bed
A bed.
-> END
== road
A road.
-> END
`

func TestAStateOfAnEarlierEdition(t *testing.T) {
	for _, tt := range []struct{ name, edit, by, choice, text, warning, problem string }{
		{"nothing changed", "", "", "Stay", "A bed.", "", ""},
		{"a text", "A bed.", "A bed, {gold} coins.", "Stay", "A bed, 7 coins.", "", ""},
		{"a variable more", "VAR old = 1", "VAR old = 1\nVAR new = 3", "Stay", "A bed.", "", ""},
		{"a variable less", "VAR old = 1", "~ temp old = 1", "Stay", "A bed.", `no variable "old"`, ""},
		{"an item less", "(rope), (lamp)\n~ gold = 7\n~ old = 2\n~ bag += lamp", "(rope)\n~ gold = 7\n~ old = 2", "Stay", "A bed.", "", ""},
		{"the knot gone", "inn", "pub", "", "", "", "which the edited story does not have"},
	} {
		s := compiled(t, firstEdition).New(1)
		if _, err := lines(s); err != nil {
			t.Fatal(err)
		}
		state := s.Save()
		edited := firstEdition
		if tt.edit != "" {
			edited = strings.ReplaceAll(firstEdition, tt.edit, tt.by)
			if edited == firstEdition {
				t.Fatalf("%s: nothing to edit", tt.name)
			}
		}
		loaded, err := compiled(t, edited).LoadEdited(state)
		if tt.problem != "" {
			if err == nil || !strings.Contains(err.Error(), tt.problem) {
				t.Errorf("%s: error %v, want one with %q", tt.name, err, tt.problem)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if got := loaded.Choices(); len(got) != 2 || got[0].Text != tt.choice {
			t.Errorf("%s: choices %v", tt.name, got)
		}
		if w := strings.Join(loaded.Warnings(), " "); !strings.Contains(w, tt.warning) || tt.warning == "" && w != "" {
			t.Errorf("%s: warnings %q", tt.name, w)
		}
		if err := loaded.Choose(0); err != nil {
			t.Fatal(err)
		}
		if text, err := lines(loaded); err != nil || strings.Join(text, "/") != tt.text {
			t.Errorf("%s: %q, %v", tt.name, text, err)
		}
	}
}
