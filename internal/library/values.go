package library

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"storyteller/internal/cue"
)

// unreadable says what is wrong with a value, and what to do.
type unreadable struct {
	msg, hint string
	soft      bool // it can be used all the same
}

// parseDuration reads "4s" or "1m30s".
func parseDuration(value string) (time.Duration, *unreadable) {
	const hint = `write a number with its unit: "4s", "1m30s", "2h"`
	if value == "" {
		return 0, &unreadable{msg: "it has no duration", hint: hint}
	}
	d, err := time.ParseDuration(value)
	switch {
	case err != nil:
		return 0, &unreadable{msg: fmt.Sprintf("%q is no duration", value), hint: hint}
	case d <= 0:
		return 0, &unreadable{msg: fmt.Sprintf("%q is no time to wait", value), hint: "write a time above 0"}
	}
	return d, nil
}

// parsePause reads how long to wait after a line.
func parsePause(value string) (time.Duration, *unreadable) {
	d, bad := parseDuration(value)
	if bad == nil && d > cue.LongestPause {
		return 0, &unreadable{msg: fmt.Sprintf("a pause lasts at most %s", span(cue.LongestPause)), hint: "use several lines, or a shorter pause"}
	}
	return d, bad
}

// parseVote reads how long a vote is open.
func parseVote(value string) (time.Duration, *unreadable) {
	d, bad := parseDuration(value)
	if bad == nil && (d < cue.ShortestVote || d > cue.LongestVote) {
		return 0, &unreadable{msg: fmt.Sprintf("a vote is open for %s to %s", span(cue.ShortestVote), span(cue.LongestVote))}
	}
	return d, bad
}

// parsePace reads how fast the text comes; 1 is WordsPerMinute.
func parsePace(value string) (float64, *unreadable) {
	hint := fmt.Sprintf("write a number from %v (slow) to %v (fast); 1 is %d words a minute", cue.SlowestPace, cue.FastestPace, cue.WordsPerMinute)
	pace, err := strconv.ParseFloat(value, 64)
	if err != nil {
		return 0, &unreadable{msg: fmt.Sprintf("%q is no number", value), hint: hint}
	}
	if !(pace >= cue.SlowestPace && pace <= cue.FastestPace) { // so that NaN is out of range too
		return 0, &unreadable{msg: fmt.Sprintf("%q is out of range", value), hint: hint}
	}
	return pace, nil
}

var hexColor = regexp.MustCompile(`^(0[xX])?[0-9a-fA-F]{6}$`)

// parseColor reads six hexadecimal digits. Black becomes the colour next to it, for 0 means that there is none.
func parseColor(value string) (int, *unreadable) {
	const hint = `write six hexadecimal digits without "#", which would begin another tag: "7a2e2e"`
	if value == "" {
		return 0, &unreadable{msg: "it has no colour", hint: hint}
	}
	if !hexColor.MatchString(value) {
		return 0, &unreadable{msg: fmt.Sprintf("%q is no colour", value), hint: hint}
	}
	n, err := strconv.ParseUint(value[len(value)-6:], 16, 32)
	if err != nil {
		return 0, &unreadable{msg: fmt.Sprintf("%q is no colour", value), hint: hint}
	}
	return max(1, int(n)), nil
}

// BCP 47 as far as stories need it: "en", "pt-BR", "zh-Hant-TW".
var languageTag = regexp.MustCompile(`^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$`)

func checkLanguage(value string) *unreadable {
	if languageTag.MatchString(value) {
		return nil
	}
	return &unreadable{msg: fmt.Sprintf("%q is no language", value), hint: `write its code: "en", "de", "pt-BR"`}
}

// checkText refuses what is empty or has more characters than most.
func checkText(value string, most int) *unreadable {
	if value == "" {
		return &unreadable{msg: "it says nothing", hint: "write the text behind the name of the tag, or remove the tag"}
	}
	if n := utf8.RuneCountInString(value); n > most {
		return &unreadable{msg: fmt.Sprintf("it has %d characters; at most %d can be shown", n, most), hint: "make it shorter", soft: true}
	}
	return nil
}

// checkEmoji refuses what a button cannot show.
func checkEmoji(value string) *unreadable {
	const hint = "write one emoji as a character, for instance 🔥: those of a server are not known elsewhere"
	isEmoji := value != "" && utf8.RuneCountInString(value) <= 12 && !strings.ContainsAny(value, " \t<>:")
	if isEmoji {
		first, size := utf8.DecodeRuneInString(value)
		// A digit, # and * begin an emoji only before the sign that makes a key of them.
		isEmoji = first > 0x7f || size < len(value) && strings.ContainsRune(value, 0x20e3)
		isEmoji = isEmoji && first >= 0xa9 && (!unicode.IsLetter(first) || first == 'ℹ') || isEmoji && first <= 0x7f
	}
	if !isEmoji {
		return &unreadable{msg: fmt.Sprintf("%q is no emoji", value), hint: hint}
	}
	return nil
}

// checkStyle refuses a style that there is not.
func checkStyle(value string) *unreadable {
	if value == "danger" {
		return nil
	}
	return &unreadable{msg: fmt.Sprintf("there is no style %q", value), hint: `"style danger" is the only one: it marks what cannot be taken back`}
}

// pictureTypes are the kinds of picture that Discord shows in a message.
var pictureTypes = []string{".png", ".jpg", ".jpeg", ".gif", ".webp"}

func isPicture(name string) bool {
	return slices.Contains(pictureTypes, strings.ToLower(path.Ext(name)))
}

// span is a duration for people: "15s", "10m", "24h".
func span(d time.Duration) string {
	text := d.String()
	if strings.HasSuffix(text, "m0s") {
		text = strings.TrimSuffix(text, "0s")
	}
	if strings.HasSuffix(text, "h0m") {
		text = strings.TrimSuffix(text, "0m")
	}
	return text
}
