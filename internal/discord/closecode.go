package discord

// Close codes of the gateway.
// Source: https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
const (
	closeNormal            = 1000
	closeGoingAway         = 1001
	closeUnauthorized      = 4004
	closeInvalidSequence   = 4007
	closeSessionTimedOut   = 4009
	closeInvalidShard      = 4010
	closeShardingRequired  = 4011
	closeInvalidVersion    = 4012
	closeInvalidIntents    = 4013
	closeDisallowedIntents = 4014
)

// FatalError is what Run ends with when trying again would not help. Hint says what would.
type FatalError struct {
	What string
	Next string // what would help
}

func (e *FatalError) Error() string { return e.What }

// Hint says what would help.
func (e *FatalError) Hint() string { return e.Next }

const tokenHint = "check the token: in the Discord developer portal, under Bot, a new one can be made; older ones stop working then"

// fatalClose is the error of a close code after which Discord does not want the bot to come back; nil for others.
func fatalClose(code int) error {
	switch code {
	case closeUnauthorized:
		return &FatalError{"Discord does not accept the bot's token", tokenHint}
	case closeShardingRequired:
		return &FatalError{
			"the bot is in more servers than one gateway connection may serve",
			"run several bots with a token each; one serves at most 2,500 servers",
		}
	case closeInvalidVersion:
		return &FatalError{"Discord no longer speaks version " + apiVersion + " of its gateway", "update the bot"}
	case closeInvalidShard, closeInvalidIntents, closeDisallowedIntents:
		return &FatalError{"Discord refuses the way the bot logs in", "this is a fault of the bot: update it, or report it with the log"}
	}
	return nil
}

// resumable says whether a session can be taken up again after a close code; 0 stands for a connection that was lost.
func resumable(code int) bool {
	switch code {
	case closeNormal, closeGoingAway, closeInvalidSequence, closeSessionTimedOut:
		return false
	}
	return fatalClose(code) == nil
}
