package discord

import (
	"errors"
	"net/http"
	"time"

	"storyteller/internal/narrate"
	"storyteller/internal/narrate/reading"
)

// Codes of Discord's API that the bot has an answer to.
// Source: https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
const (
	codeUnknownChannel     = 10003
	codeUnknownGuild       = 10004
	codeUnknownMessage     = 10008
	codeUnknownWebhook     = 10015
	codeUnknownInteraction = 10062
	codeUnknownEvent       = 10070
	codeSlowmode           = 20016
	codeChannelWriteLimit  = 20028
	codeServerWriteLimit   = 20029
	codeTooManyPins        = 30003
	codeTooManyWebhooks    = 30007
	codeTooManyAttachments = 30015
	codeTooManyCommands    = 30032
	codeTooManyInThread    = 30033
	codeCommandCreations   = 30034
	codeTooManyEvents      = 30038
	codeOldEdits           = 30046
	codeTooManyWebhooksAll = 30058
	codeUnauthorized       = 40001
	codeDisabled           = 40004
	codeTooLarge           = 40005
	codeTemporarilyOff     = 40006
	codePlainInForum       = 40058
	codeAcknowledged       = 40060
	codeResourceLimited    = 40062
	codeForumTag           = 40067
	codeTooManyFollowUps   = 40094
	codeCloudflare         = 40333
	codeMissingAccess      = 50001
	codeNotOwnMessage      = 50005
	codeEmptyMessage       = 50006
	codeNoTextChannel      = 50008
	codeMissingPermissions = 50013
	codeWrongChannelType   = 50024
	codeWebhookToken       = 50027
	codeInvalidBody        = 50035
	codeFileTooLarge       = 50045
	codeArchivedThread     = 50083
	codeInvalidJSON        = 50109
	codeOverloaded         = 130000
	codeThreadExists       = 160004
	codeThreadLocked       = 160005
	codeTooManyThreads     = 160006
	codeAutoMod            = 200000
	codeHarmfulLinks       = 240000
	codePollMessage        = 520003
)

// How long to leave a call alone when Discord asks for patience without saying how much.
const (
	shortRest      = 2 * time.Second
	slowRest       = 10 * time.Second
	overloadRest   = 30 * time.Second
	cloudflareRest = 5 * time.Minute
)

// refusals says of a code what it means for a reading.
var refusals = map[int]reading.Refusal{
	codeUnknownChannel: reading.ChannelGone,
	codeUnknownGuild:   reading.ChannelGone,

	codeUnknownMessage: reading.MessageMissing, // to edit; Post knows it otherwise
	codeNotOwnMessage:  reading.MessageMissing,
	// The old message cannot be edited any more for now: show it anew.
	codeOldEdits: reading.MessageMissing,

	codeMissingAccess:      reading.NotAllowed,
	codeMissingPermissions: reading.NotAllowed,
	codeArchivedThread:     reading.NotAllowed, // it could not be opened; see inOpenThread
	codeThreadLocked:       reading.NotAllowed,
	codeUnauthorized:       reading.NotAllowed,

	codeNoTextChannel:    reading.NotAllowed, // of another kind since the reading began
	codeWrongChannelType: reading.NotAllowed,
	codePlainInForum:     reading.NotAllowed,
	codeForumTag:         reading.NotAllowed,

	codeEmptyMessage:       reading.Unacceptable,
	codeInvalidBody:        reading.Unacceptable,
	codeInvalidJSON:        reading.Unacceptable,
	codeTooManyAttachments: reading.Unacceptable, // with a picture; it is sent without before that, see simplify
	codeTooLarge:           reading.Unacceptable,
	codeFileTooLarge:       reading.Unacceptable,
	codeAutoMod:            reading.Unacceptable,
	codeHarmfulLinks:       reading.Unacceptable,

	// Of webhooks, pins, events, threads of its own, follow-ups and Discord's polls the bot makes no use, so there is
	// nothing to forget or to do without. Where such a code comes all the same, people decide.
	codeUnknownWebhook:     reading.Unacceptable,
	codeWebhookToken:       reading.Unacceptable,
	codeTooManyWebhooks:    reading.Unacceptable,
	codeTooManyWebhooksAll: reading.Unacceptable,
	codeTooManyFollowUps:   reading.Unacceptable,
	codeTooManyPins:        reading.Unacceptable,
	codeUnknownEvent:       reading.Unacceptable,
	codeTooManyEvents:      reading.Unacceptable,
	codeThreadExists:       reading.Unacceptable,
	codeTooManyThreads:     reading.Unacceptable,
	codeTooManyInThread:    reading.Unacceptable,
	codePollMessage:        reading.Unacceptable,
}

// rests says of a code how long to wait at least before the same is tried again.
var rests = map[int]time.Duration{
	codeSlowmode:          slowRest,
	codeChannelWriteLimit: slowRest,
	codeServerWriteLimit:  slowRest,
	codeResourceLimited:   slowRest,
	codeDisabled:          overloadRest,
	codeTemporarilyOff:    overloadRest,
	codeOverloaded:        overloadRest,
	codeCloudflare:        cloudflareRest,
}

// classify says what a failed call means for the reading: a *narrate.StageError where that is known, otherwise the
// failure itself, of which it is not known whether the message is on screen.
func classify(err error) error {
	var f *failure
	if !errors.As(err, &f) {
		return err
	}
	if f.unsent {
		return &narrate.StageError{After: f.after, Err: f}
	}
	// A code that asks for patience may come with any status, also of a server's own error.
	if rest, known := rests[f.code]; known {
		return &narrate.StageError{After: max(f.after, rest), Err: f}
	}
	// Code 30046 comes as a 429, so the code is looked at first.
	if reason, known := refusals[f.code]; known && f.status < http.StatusInternalServerError {
		return &narrate.StageError{Reason: reason, Err: f}
	}
	switch {
	case f.unknown():
		return f
	case f.status == http.StatusTooManyRequests:
		return &narrate.StageError{After: max(f.after, 0), Err: f}
	case f.status == http.StatusUnauthorized:
		return &narrate.StageError{After: overloadRest, Err: f} // Run ends for it, and the reading is safe on disk
	case f.status == http.StatusRequestTimeout || f.status == http.StatusConflict:
		return &narrate.StageError{After: shortRest, Err: f}
	case f.code == 0 && (f.status == http.StatusForbidden || f.status == http.StatusNotFound):
		// Discord gives its reasons a code: this is something in between, and no reason to end a reading.
		return &narrate.StageError{After: overloadRest, Err: f}
	case f.status == http.StatusForbidden:
		return &narrate.StageError{Reason: reading.NotAllowed, Err: f}
	case f.status >= http.StatusBadRequest:
		return &narrate.StageError{Reason: reading.Unacceptable, Err: f}
	}
	return f
}

// isCode says whether Discord gave one of these codes as the reason.
func isCode(err error, codes ...int) bool {
	var f *failure
	if !errors.As(err, &f) {
		return false
	}
	for _, code := range codes {
		if f.code == code {
			return true
		}
	}
	return false
}

// isStatus says whether HTTP gave this status.
func isStatus(err error, status int) bool {
	var f *failure
	return errors.As(err, &f) && f.status == status
}
