package library

import "strings"

// countWords counts the words that a piece of ink can tell: each alternative counts, as it is read in some telling.
func countWords(line string) int {
	return len(strings.Fields(plain(line)))
}

// plain returns the words of a piece of ink without tags, diverts and logic, alternatives one after the other.
func plain(line string) string {
	if !strings.ContainsAny(line, "{}[]<>-#\\|") {
		return line
	}
	var b strings.Builder
	depth := 0
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == '\\' && i+1 < len(line):
			i++
			b.WriteByte(line[i])
		case c == '#':
			i = afterTag(line, i, depth > 0) - 1
		case strings.HasPrefix(line[i:], "->"), strings.HasPrefix(line[i:], "<-"):
			// What a divert names is no text; it ends with the line, or with the alternative it stands in.
			for i+1 < len(line) && !strings.ContainsRune("|}#", rune(line[i+1])) {
				i++
			}
		case strings.HasPrefix(line[i:], "<>"):
			i++
		case c == '{':
			depth++
			i = condition(line, i)
		case c == '}':
			depth--
		case c == '|' && depth > 0:
			b.WriteByte(' ')
		case c == '[' || c == ']':
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// afterTag returns the offset of what follows the tag at start: the brackets of a choice end it, and so do alternatives
// when it stands within one.
func afterTag(line string, start int, inLogic bool) int {
	depth := 0
	for i := start + 1; i < len(line); i++ {
		switch c := line[i]; {
		case c == '\\':
			i++
		case depth == 0 && (c == '[' || c == ']' || c == '#' || inLogic && (c == '|' || c == '}')):
			return i
		case c == '{':
			depth++
		case c == '}':
			depth--
		}
	}
	return len(line)
}

// condition returns the offset of the last character that says when, not what, is told in the braces that open at start.
func condition(line string, start int) int {
	depth, alternatives := 0, false
	for i := start; i < len(line); i++ {
		switch line[i] {
		case '\\':
			i++
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				if alternatives || strings.IndexByte("&!~$", line[start+1]) >= 0 {
					return start
				}
				return i - 1 // a value
			}
		case ':':
			if depth == 1 && !alternatives {
				return i
			}
		case '|':
			alternatives = alternatives || depth == 1
		}
	}
	return start
}
