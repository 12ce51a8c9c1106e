package syntax

// Severity says how bad a Diagnostic is.
type Severity uint8

// Error stops a story from being compiled; Warning and TODO go along with success.
const (
	Error Severity = iota
	Warning
	TODO
)

// Diagnostic is one thing to tell the author. Hint may be empty: it says what to do.
type Diagnostic struct {
	Pos      Pos
	Severity Severity
	Msg      string
	Hint     string
}
