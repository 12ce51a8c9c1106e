package library

import (
	"reflect"
	"strings"
	"testing"

	"storyteller/internal/ink"
)

const compiledStory = `# title: Tea
# author: Ann
EXTERNAL readers()
The kettle sings for {readers()}. # speaker: Kettle
* [Pour # emoji 🍵] You pour. # ending: Poured
* [Wait] You wait. # ending: Waited
- -> END
=== function readers
~ return 3
`

// compiledOf is the JSON of a story.
func compiledOf(t *testing.T, source string) string {
	t.Helper()
	p, err := ink.Compile(files("s.ink", source), "s.ink")
	if err != nil {
		t.Fatal(err)
	}
	return string(p.JSON())
}

func TestACompiledStoryIsTakenLikeItsSource(t *testing.T) {
	want, findings := Load(files("tea.ink", compiledStory), "tea")
	if want == nil {
		t.Fatal(findings)
	}
	for _, name := range []string{"tea.ink.json", "main.ink.json", "Any.ink.json"} {
		got, findings := Load(files(name, compiledOf(t, compiledStory), "other.json", "{}"), "tea")
		if got == nil || len(findings) > 0 {
			t.Errorf("%s: %v", name, findings)
			continue
		}
		if got.Program.Hash() != want.Program.Hash() || got.Hash != want.Hash && got.Meta.Words == want.Meta.Words {
			t.Errorf("%s: another program", name)
		}
		got.Meta.Words = want.Meta.Words // counted on other things
		if !reflect.DeepEqual(got.Meta, want.Meta) {
			t.Errorf("%s: %+v, want %+v", name, got.Meta, want.Meta)
		}
	}
}

func TestWhatIsWrongWithACompiledStory(t *testing.T) {
	good := compiledOf(t, compiledStory)
	for _, test := range []struct {
		name  string
		files []string
		want  string
	}{
		{"an old version", []string{"tea.ink.json", strings.Replace(good, `"inkVersion":21`, `"inkVersion":18`, 1)}, "ink version 18 is not known"},
		{"half of it", []string{"tea.ink.json", good[:len(good)/2]}, "ink JSON"},
		{"several", []string{"a.ink.json", good, "b.ink.json", good}, "several files could be the story: a.ink.json, b.ink.json"},
		{"no story", []string{"package.json", "{}"}, "no ink file"},
		{"an unknown tag", []string{"tea.ink.json", compiledOf(t, "# title: T\nA. # speeker: Ann\n-> END\n")}, `did you mean "speaker"`},
		{"a lost picture", []string{"tea.ink.json", compiledOf(t, "# title: T\nA. # image: cat.png \\| A cat\n-> END\n")}, `"cat.png" is missing`},
		{"no fallback", []string{"tea.ink.json", compiledOf(t, "# title: T\nEXTERNAL f()\n{f()}\n-> END\n")}, `"f" has no ink function`},
	} {
		_, findings := Check(files(test.files...), "tea")
		var all strings.Builder
		for _, f := range findings {
			all.WriteString(f.Msg + " " + f.Hint + "\n")
		}
		if !strings.Contains(all.String(), test.want) {
			t.Errorf("%s: nothing says %q:\n%s", test.name, test.want, all.String())
		}
	}
}

func TestSourceGoesBeforeWhatWasCompiledFromIt(t *testing.T) {
	story, findings := Load(files("tea.ink", "# title: New\nA.\n-> END\n", "tea.ink.json", compiledOf(t, compiledStory)), "tea")
	if story == nil || story.Meta.Title != "New" {
		t.Errorf("%+v, %v", story, findings)
	}
}
