package discord

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/bwmarrin/discordgo"
)

// failure is why a call of Discord's API did not do what it should. It holds words and numbers only: the errors it is
// made from carry addresses with tokens in them, and the request's headers.
type failure struct {
	status int           // of HTTP; 0 if there was no answer
	code   int           // Discord's own, see codes.go; 0 if there is none
	after  time.Duration // not to be tried again before this has passed; with 429, or when it was not sent
	unsent bool          // the request never left: it has certainly done nothing
	words  string
	cause  error // only context.Canceled or context.DeadlineExceeded, or nil
}

func (f *failure) Error() string { return f.words }
func (f *failure) Unwrap() error { return f.cause }

// unknown says that the call may or may not have done its work.
func (f *failure) unknown() bool {
	return !f.unsent && (f.status == 0 || f.status >= http.StatusInternalServerError)
}

// errHeld is what the pacer gives for a request that it will not send now.
type errHeld struct {
	after time.Duration
	why   string
	cause error // of the caller's context, or nil
}

func (e *errHeld) Error() string {
	return fmt.Sprintf("%s; not to be tried again for %s", e.why, e.after.Round(time.Millisecond))
}

func (e *errHeld) Unwrap() error { return e.cause }

// errLimited is an answer of status 429, as the pacer gives it.
type errLimited struct {
	after time.Duration
	body  []byte // Discord's, with a code that discordgo would drop; empty if it was not Discord who answered
}

func (e *errLimited) Error() string {
	return fmt.Sprintf("rate limited for %s", e.after.Round(time.Millisecond))
}

// newFailure reads an error of discordgo or of net/http. what says in words what was tried; secrets are tokens that were
// in it.
func newFailure(what string, err error, secrets ...string) *failure {
	f := &failure{words: what + ": " + redact(err.Error(), secrets...)}
	for _, cause := range []error{context.Canceled, context.DeadlineExceeded} {
		if errors.Is(err, cause) {
			f.cause = cause
		}
	}
	var held *errHeld
	var limited *errLimited
	var refused *discordgo.RESTError
	switch {
	case errors.As(err, &held):
		f.unsent, f.after = true, held.after
		f.words = what + ": " + held.Error()
	case errors.As(err, &limited):
		f.answered(what, http.StatusTooManyRequests, limited.body, secrets...)
		f.after = limited.after
		f.words += ", " + limited.Error()
	case errors.As(err, &refused) && refused.Response != nil:
		f.answered(what, refused.Response.StatusCode, refused.ResponseBody, secrets...)
	}
	return f
}

// answered fills in what an HTTP answer said.
func (f *failure) answered(what string, status int, body []byte, secrets ...string) {
	var said struct {
		Code    int             `json:"code"`
		Message string          `json:"message"`
		Errors  json.RawMessage `json:"errors"`
	}
	_ = json.Unmarshal(body, &said) // what is no JSON has no code
	f.status, f.code = status, said.Code
	f.words = fmt.Sprintf("%s: HTTP %d", what, status)
	if said.Code != 0 || said.Message != "" {
		f.words += fmt.Sprintf(", code %d: %s", said.Code, redact(said.Message, secrets...))
	}
	if len(said.Errors) > 0 {
		f.words += " " + redact(string(said.Errors), secrets...)
	}
}

// plainError is an error without the address that net/http puts around it.
func plainError(err error) error {
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		return wrapped.Err
	}
	return err
}
