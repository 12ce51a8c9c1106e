package rehearse

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// deepest is how many spans within spans are understood; deeper ones stay as
// they were written.
const deepest = 12

// inliner turns a line of Discord's markdown into plain words.
type inliner struct {
	now     time.Time
	user    func(id string) string
	channel func(id string) string
}

// markers of spans, longest first.
var markers = []string{"***", "**", "__", "~~", "||", "*", "_"}

// angleForms are what stands in <…>.
var angleForms = []struct {
	pattern *regexp.Regexp
	text    func(in *inliner, m []string) string
}{
	{regexp.MustCompile(`^<t:(-?\d{1,13})(?::([tTdDfFsSR]))?>`), func(in *inliner, m []string) string { return in.moment(m[1], m[2]) }},
	{regexp.MustCompile(`^<@!?(\d+)>`), func(in *inliner, m []string) string { return "@" + in.user(m[1]) }},
	{regexp.MustCompile(`^<@&\d+>`), func(*inliner, []string) string { return "@role" }},
	{regexp.MustCompile(`^<#(\d+)>`), func(in *inliner, m []string) string { return "#" + in.channel(m[1]) }},
	{regexp.MustCompile(`^<(/[^:<>\n]{1,100}):\d+>`), func(_ *inliner, m []string) string { return m[1] }},
	{regexp.MustCompile(`^<a?(:\w+:)\d+>`), func(_ *inliner, m []string) string { return m[1] }},
	{regexp.MustCompile(`^<(https?://[^\s<>]+)>`), func(_ *inliner, m []string) string { return m[1] }},
}

var linkForm = regexp.MustCompile(`^\[((?:\\.|[^\[\]\\\n])+)\]\(<?(https?://[^\s<>)]+)>?(?: +"[^"]*")?\)`)

// text is s without its markdown.
func (in *inliner) text(s string) string { return in.strip(s, 0) }

func (in *inliner) strip(s string, depth int) string {
	var out strings.Builder
	for i := 0; i < len(s); {
		plain, length := in.token(s, i, depth)
		if length == 0 {
			_, length = utf8.DecodeRuneInString(s[i:])
			plain = s[i : i+length]
		}
		out.WriteString(plain)
		i += length
	}
	return out.String()
}

// token reads what begins at s[i]: its plain text, and its length in s; 0 for
// an ordinary character.
func (in *inliner) token(s string, i, depth int) (string, int) {
	switch s[i] {
	case '\\':
		if i+1 < len(s) && s[i+1] < utf8.RuneSelf && (unicode.IsPunct(rune(s[i+1])) || unicode.IsSymbol(rune(s[i+1]))) {
			return s[i+1 : i+2], 2
		}
	case '`':
		return codeSpan(s[i:])
	case '<':
		for _, form := range angleForms {
			if m := form.pattern.FindStringSubmatch(s[i:]); m != nil {
				return form.text(in, m), len(m[0])
			}
		}
	case '[':
		if m := linkForm.FindStringSubmatch(s[i:]); m != nil && depth < deepest {
			label := in.strip(m[1], depth+1)
			if label == m[2] {
				return label, len(m[0])
			}
			return label + " (" + m[2] + ")", len(m[0])
		}
	case '*', '_', '~', '|':
		if depth < deepest {
			return in.span(s, i, depth)
		}
	}
	return "", 0
}

// codeSpan reads `code`; the text of an unclosed run of ticks is itself.
func codeSpan(s string) (string, int) {
	ticks := s[:len(s)-len(strings.TrimLeft(s, "`"))]
	end := strings.Index(s[len(ticks):], ticks)
	if end <= 0 {
		return ticks, len(ticks)
	}
	return strings.TrimSpace(s[len(ticks) : len(ticks)+end]), 2*len(ticks) + end
}

func (in *inliner) span(s string, i, depth int) (string, int) {
	for _, mark := range markers {
		if !strings.HasPrefix(s[i:], mark) {
			continue
		}
		from := i + len(mark)
		if mark == "_" && endsInWord(s[:i]) || mark != "||" && (from >= len(s) || s[from] == ' ' || s[from] == '\n') {
			continue
		}
		if end := closing(s, from, mark); end >= 0 {
			return in.strip(s[from:end], depth+1), end + len(mark) - i
		}
	}
	return "", 0
}

// closing finds where a span that began before from ends, or -1.
func closing(s string, from int, mark string) int {
	for i := from; i < len(s); i++ {
		switch {
		case s[i] == '\\':
			i++
		case s[i] == '`':
			_, length := codeSpan(s[i:])
			i += length - 1
		case strings.HasPrefix(s[i:], mark) && i > from:
			run := len(s[i:]) - len(strings.TrimLeft(s[i:], mark[:1]))
			if len(mark) == 1 {
				if run == 2 {
					i++ // a pair belongs to stronger emphasis inside
					continue
				}
				if s[i-1] == ' ' || mark == "_" && startsWithWord(s[i+run:]) {
					continue
				}
				return i + run - 1
			}
			if mark == "||" {
				return i
			}
			return i + run - len(mark)
		}
	}
	return -1
}

func endsInWord(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

func startsWithWord(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// moment is <t:SECONDS:STYLE> as words, in local time.
func (in *inliner) moment(seconds, style string) string {
	n, err := strconv.ParseInt(seconds, 10, 64)
	if err != nil {
		return seconds
	}
	t := time.Unix(n, 0)
	layouts := map[string]string{
		"t": "15:04", "T": "15:04:05", "d": "2006-01-02", "D": "2 January 2006",
		"": "2 January 2006 15:04", "f": "2 January 2006 15:04", "F": "Monday, 2 January 2006 15:04", "s": "2006-01-02 15:04", "S": "2006-01-02 15:04:05",
	}
	if layout, ok := layouts[style]; ok {
		return t.Format(layout)
	}
	return relative(t.Sub(in.now))
}

// relative says how far away a moment is, in its largest unit.
func relative(d time.Duration) string {
	units := []struct {
		name string
		size time.Duration
	}{{"day", 24 * time.Hour}, {"hour", time.Hour}, {"minute", time.Minute}, {"second", time.Second}}
	ahead := d >= 0
	d = d.Abs().Round(time.Second)
	for _, u := range units {
		if d < u.size && u.name != "second" {
			continue
		}
		n := int64(d / u.size)
		words := strconv.FormatInt(n, 10) + " " + u.name
		if n != 1 {
			words += "s"
		}
		if ahead {
			return "in " + words
		}
		return words + " ago"
	}
	return "now"
}
