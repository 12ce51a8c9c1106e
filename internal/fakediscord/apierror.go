package fakediscord

import (
	"fmt"
	"net/http"
	"time"
)

// Discord's JSON error codes.
const (
	codeUnknownChannel       = 10003
	codeUnknownGuild         = 10004
	codeUnknownMember        = 10007
	codeUnknownMessage       = 10008
	codeUnknownUser          = 10013
	codeUnknownWebhook       = 10015
	codeUnknownInteraction   = 10062
	codeUnknownCommand       = 10063
	codeUnknownScheduled     = 10070
	codeUnknownAnswer        = 10102
	codeTooManyPins          = 30003
	codeTooManyWebhooks      = 30007
	codeTooManyAttachments   = 30015
	codeTooManyCommands      = 30032
	codeDailyCommands        = 30034
	codeTooManyScheduled     = 30038
	codeTooManyOldEdits      = 30046
	codeTooManyGuildWebhooks = 30058
	codeEntityTooLarge       = 40005
	codeForumMessage         = 40058
	codeAlreadyAnswered      = 40060
	codeTagRequired          = 40067
	codeCloudflareBlock      = 40333
	codeMissingAccess        = 50001
	codeOnDM                 = 50003
	codeNotAuthor            = 50005
	codeEmptyMessage         = 50006
	codeNoDM                 = 50007
	codeMissingPermissions   = 50013
	codeWrongChannelType     = 50024
	codeInvalidToken         = 50027
	codeInvalidRecipient     = 50033
	codeInvalidForm          = 50035
	codeAPIVersion           = 50041
	codeFileTooLarge         = 50045
	codeArchivedThread       = 50083
	codeInvalidJSON          = 50109
	codeNoMutualGuild        = 50278
	codeThreadExists         = 160004
	codeThreadLocked         = 160005
	codeTooManyThreads       = 160006
	codeForumNeedsThread     = 220001
	codeForumTwoThreads      = 220002
	codeThreadOutOfForum     = 220003
	codePollOver             = 520001
	codePollFixed            = 520003
	codeNoPoll               = 520006
)

// apiError is a refusal as Discord words it. The zero code stands for errors
// that have only an HTTP status.
type apiError struct {
	status     int
	code       int
	message    string
	tree       *problem // of code 50035
	retryAfter time.Duration
	malformed  bool // a correct client never gets it: goes to the violations
}

func (e *apiError) Error() string {
	return fmt.Sprintf("HTTP %d, code %d: %s", e.status, e.code, e.message)
}

// body is the JSON form of the error.
func (e *apiError) body() map[string]any {
	b := map[string]any{"message": e.message, "code": e.code}
	if e.tree != nil {
		b["errors"] = e.tree.json()
	}
	if e.retryAfter > 0 {
		b["retry_after"] = e.retryAfter.Seconds()
		b["global"] = false
	}
	return b
}

func notFound(code int, what string) *apiError {
	return &apiError{status: http.StatusNotFound, code: code, message: "Unknown " + what}
}

func refused(status, code int, message string) *apiError {
	return &apiError{status: status, code: code, message: message}
}

func malformed(status, code int, message string) *apiError {
	return &apiError{status: status, code: code, message: message, malformed: true}
}

func invalidForm(tree *problem) *apiError {
	return &apiError{status: http.StatusBadRequest, code: codeInvalidForm, message: "Invalid Form Body", tree: tree, malformed: true}
}

var (
	errUnknownChannel     = notFound(codeUnknownChannel, "Channel")
	errUnknownGuild       = notFound(codeUnknownGuild, "Guild")
	errUnknownMember      = notFound(codeUnknownMember, "Member")
	errUnknownMessage     = notFound(codeUnknownMessage, "Message")
	errUnknownUser        = notFound(codeUnknownUser, "User")
	errUnknownWebhook     = notFound(codeUnknownWebhook, "Webhook")
	errUnknownInteraction = notFound(codeUnknownInteraction, "interaction")
	errUnknownCommand     = notFound(codeUnknownCommand, "application command")

	errMissingAccess      = refused(http.StatusForbidden, codeMissingAccess, "Missing Access")
	errMissingPermissions = refused(http.StatusForbidden, codeMissingPermissions, "Missing Permissions")
	errNotAuthor          = refused(http.StatusForbidden, codeNotAuthor, "Cannot edit a message authored by another user")
	errWrongChannelType   = refused(http.StatusBadRequest, codeWrongChannelType, "Cannot execute action on this channel type")
	errArchived           = refused(http.StatusBadRequest, codeArchivedThread, "Thread is archived")
	errThreadLocked       = refused(http.StatusBadRequest, codeThreadLocked, "Thread is locked")
	errThreadExists       = refused(http.StatusBadRequest, codeThreadExists, "A thread has already been created for this message")
	errTooManyThreads     = refused(http.StatusBadRequest, codeTooManyThreads, "Maximum number of active threads reached")
	errForumMessage       = refused(http.StatusBadRequest, codeForumMessage, "Cannot message this thread until after the post author has sent an initial message.")
	errTagRequired        = refused(http.StatusBadRequest, codeTagRequired, "A tag is required to create a forum post in this channel")
	errInvalidRecipient   = refused(http.StatusBadRequest, codeInvalidRecipient, "Invalid Recipient(s)")
	errNoMutualGuild      = refused(http.StatusForbidden, codeNoMutualGuild, noDirect)
	errAlreadyAnswered    = refused(http.StatusBadRequest, codeAlreadyAnswered, "Interaction has already been acknowledged.")

	errOnDM           = malformed(http.StatusForbidden, codeOnDM, "Cannot execute action on a DM channel")
	errTextTooHeavy   = malformed(http.StatusInternalServerError, 0, "500: Internal Server Error")
	errEmptyMessage   = malformed(http.StatusBadRequest, codeEmptyMessage, "Cannot send an empty message")
	errInvalidJSON    = malformed(http.StatusBadRequest, codeInvalidJSON, "The request body contains invalid JSON.")
	errInvalidToken   = malformed(http.StatusUnauthorized, codeInvalidToken, "Invalid Webhook Token")
	errUnauthorized   = malformed(http.StatusUnauthorized, 0, "401: Unauthorized")
	errUnknownRoute   = malformed(http.StatusNotFound, 0, "404: Not Found")
	errUnknownMethod  = malformed(http.StatusMethodNotAllowed, 0, "405: Method Not Allowed")
	errAPIVersion     = malformed(http.StatusBadRequest, codeAPIVersion, "Invalid API version provided")
	errEntityTooLarge = malformed(http.StatusRequestEntityTooLarge, codeEntityTooLarge, "Request entity too large")
	errFileTooLarge   = malformed(http.StatusRequestEntityTooLarge, codeFileTooLarge, "File uploaded exceeds the maximum size")
	errBlocked        = malformed(http.StatusForbidden, codeCloudflareBlock, "internal network error")
)

// noDirect is how Discord words that a user gets no direct message.
const noDirect = "Cannot send messages to this user"

// errNoDirect comes with status 400 where the channel is opened, and with 403
// where a message is sent.
func errNoDirect(status int) *apiError { return refused(status, codeNoDM, noDirect) }
