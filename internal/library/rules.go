package library

import (
	"slices"
	"strings"

	"storyteller/internal/cue"
)

// rule says what a tag is for.
type rule struct {
	name              string
	top, line, choice bool // where it may stand
	check             func(value string) *unreadable
	instead           string // not empty: the tag is refused, and this is what to do
}

// rules are the tags that mean something to the bot.
var rules = []rule{
	{name: "title", top: true, check: atMost(MaxTitle)},
	{name: "author", top: true, check: atMost(MaxTitle)},
	{name: "blurb", top: true, check: atMost(MaxBlurb)},
	{name: "language", top: true, check: checkLanguage},
	{name: "warning", top: true, check: atMost(MaxWarning)},
	{name: "cover", top: true, check: checkPicture},
	{name: "color", top: true, check: func(v string) *unreadable { _, bad := parseColor(v); return bad }},
	{name: "pace", top: true, check: func(v string) *unreadable { _, bad := parsePace(v); return bad }},
	{name: "lead", top: true, check: atMost(MaxName)},
	{name: "vote", top: true, line: true, check: func(v string) *unreadable { _, bad := parseVote(v); return bad }},

	{name: "beat", line: true, check: checkBare},
	{name: "pause", line: true, check: func(v string) *unreadable { _, bad := parsePause(v); return bad }},
	{name: "speaker", line: true, check: atMost(MaxName)},
	{name: "chapter", line: true, check: atMost(MaxName)},
	{name: "ending", line: true, check: atMost(MaxName)},
	{name: "image", line: true, check: checkPicture},

	{name: "default", choice: true, check: checkBare},
	{name: "emoji", choice: true, check: checkEmoji},
	{name: "style", choice: true, check: checkStyle},
	{name: "write-in", choice: true, instead: "the bot cannot read what members write: offer choices, the last of them for " +
		`all other wishes ("Something else"), and let the story answer it`},
}

// elsewhere are tags that other players of ink know: an author who also publishes there did nothing wrong.
var elsewhere = []string{
	"audio", "audioloop", "link", "linkopen", "background", "class", "clear", "restart", "theme",
}

func ruleOf(name string) (rule, bool) {
	i := slices.IndexFunc(rules, func(r rule) bool { return r.name == name })
	if i < 0 {
		return rule{}, false
	}
	return rules[i], true
}

// where says in words where the tag may stand.
func (r rule) where() string {
	switch {
	case r.top && r.line:
		return "at the top of the story or on a line of text"
	case r.top:
		return "at the top of the story's first file, before any text"
	case r.line:
		return "on a line of text"
	}
	return "on a choice, within its brackets if it has any"
}

// allows says whether the tag may stand where t does. What stands on top is also on the first line.
func (r rule) allows(t tag) bool {
	switch t.where {
	case onTop:
		return r.top || r.line
	case onLine:
		return r.line
	case onChoice:
		return r.choice
	}
	return r.choice || r.line
}

func atMost(characters int) func(string) *unreadable {
	return func(value string) *unreadable { return checkText(value, characters) }
}

func checkBare(value string) *unreadable {
	if value == "" {
		return nil
	}
	return &unreadable{msg: "nothing belongs behind it", hint: "remove " + quote(value), soft: true}
}

// checkPicture refuses a value that names no picture; whether it is there is looked up elsewhere.
func checkPicture(value string) *unreadable {
	const hint = `write the name of the file, a bar and what the picture shows: "cat.png \| A cat asleep on a chair"`
	switch p := cue.ParsePicture(value); {
	case p.File == "":
		return &unreadable{msg: "it names no file", hint: hint}
	case isAddress(p.File):
		return &unreadable{
			msg:  "a picture is a file in the story's folder, not an address",
			hint: `put the picture into the folder and write its name: "cat.png \| A cat asleep on a chair"`,
		}
	case !isPicture(p.File):
		return &unreadable{
			msg:  quote(p.File) + " is no picture that can be shown",
			hint: "use one of the types " + strings.Join(pictureTypes, ", "),
		}
	}
	return nil
}

// isAddress says whether a picture's name is one of the web. Behind "http:", ink takes the rest for a comment.
func isAddress(name string) bool {
	name = strings.ToLower(name)
	return strings.HasPrefix(name, "http:") || strings.HasPrefix(name, "https:") || strings.Contains(name, "://")
}

// suggest returns the known name that was most likely meant, or "".
func suggest(name string) string {
	best, least := "", 3 // more than two slips of the finger are another word
	for _, r := range rules {
		if d := distance(name, r.name); d < least && d < len(r.name) {
			best, least = r.name, d
		}
	}
	return best
}

// distance counts the letters to insert, remove, replace or swap with their neighbour to make b of a (optimal string
// alignment).
func distance(a, b string) int {
	from, to := []rune(a), []rune(b)
	if len(from) > 40 {
		return len(from)
	}
	rows := make([][]int, len(from)+1)
	for i := range rows {
		rows[i] = make([]int, len(to)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(from); i++ {
		for j := 1; j <= len(to); j++ {
			cost := 1
			if from[i-1] == to[j-1] {
				cost = 0
			}
			rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+cost)
			if i > 1 && j > 1 && from[i-1] == to[j-2] && from[i-2] == to[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(from)][len(to)]
}

// quote puts an author's words into quotes, and no more of them than help.
func quote(text string) string {
	const most = 60
	if runes := []rune(text); len(runes) > most {
		text = strings.TrimSpace(string(runes[:most])) + "…"
	}
	return `"` + text + `"`
}
