package openapi

import (
	"regexp"
	"strconv"
)

// deviation is a place where the description itself is at odds with Discord's documentation. mend changes a value that
// goes by the documentation to what the description says, so that all the rest of it is compared.
type deviation struct {
	where *regexp.Regexp // the names of the piles that it is about
	mend  func(object map[string]any)
}

// deviations are those that are known.
var deviations = []deviation{
	// The codes in the tree of errors are words (Reference, Error Messages); the description has numbers.
	{regexp.MustCompile(`^refusals`), errorCodesAsNumbers},
	// default_member_permissions is a bit set and sent as text (Application Commands, Create Global Application Command),
	// as the description has it too in answers; in requests it has a number.
	{regexp.MustCompile(`^(POST|PUT|PATCH) /applications/.* request$`), permissionsAsNumber},
	// A 429 has a code only sometimes (Rate Limits, Exceeding A Rate Limit); in the description it always has.
	{regexp.MustCompile(`^refusals answer 429$`), withCode},
	// A new file's number in attachments is a number (Reference, Uploading Files); the description has text.
	{regexp.MustCompile(`^(POST|PATCH) .* request$`), fileNumbersAsText},
}

func withCode(o map[string]any) {
	if o["retry_after"] != nil && o["code"] == nil {
		o["code"] = 0.0
	}
}

func fileNumbersAsText(o map[string]any) {
	list, _ := o["attachments"].([]any)
	for _, a := range list {
		a, _ := a.(map[string]any)
		if n, isNumber := a["id"].(float64); isNumber {
			a["id"] = strconv.FormatFloat(n, 'f', -1, 64)
		}
	}
}

func errorCodesAsNumbers(o map[string]any) {
	list, _ := o["_errors"].([]any)
	for _, e := range list {
		e, _ := e.(map[string]any)
		if _, word := e["code"].(string); word {
			e["code"] = 0.0
		}
	}
}

func permissionsAsNumber(o map[string]any) {
	text, _ := o["default_member_permissions"].(string)
	if n, err := strconv.ParseFloat(text, 64); err == nil {
		o["default_member_permissions"] = n
	}
}

// mend applies the deviations that are about a pile to every object in a value.
func mend(pile string, v any) {
	for _, d := range deviations {
		if d.where.MatchString(pile) {
			walk(v, d.mend)
		}
	}
}

func walk(v any, f func(map[string]any)) {
	switch v := v.(type) {
	case map[string]any:
		f(v)
		for _, kid := range v {
			walk(kid, f)
		}
	case []any:
		for _, kid := range v {
			walk(kid, f)
		}
	}
}
