package discord

// Discord's limits. Lengths are in characters, which are Unicode code points.
// Source: https://discord.com/developers/docs/components/reference and .../resources/message
const (
	maxContent    = 2000  // of a message without components
	maxText       = 4000  // of all Text Displays of a message together
	maxTextBytes  = 10000 // of the same in UTF-8: above about 10,170 Discord answers with status 500
	maxComponents = 40    // of a message, nested ones included
	maxRowButtons = 5
	maxLabel      = 80 // of a button
	maxCustomID   = 100
	maxAlt        = 1024 // of a picture's description
	maxNonce      = 25
	maxColor      = 0xFFFFFF
	maxFile       = 10 << 20 // bytes of an attachment on a server without boosts
	maxChoices    = 25       // of a completion or an option
	maxChoice     = 100      // of a choice's name and of its value
	maxOption     = 6000     // of what a member gives as an option
	maxPage       = 100      // messages in one reading of the history
)

// What the parts of a message may take of maxText. A character counts once, or twice where it has to be escaped, and
// the sums stay below maxText with room for our own words. Longer parts are cut between words.
const (
	maxTitle      = 150
	maxAuthor     = 100
	maxBlurb      = 900
	maxWarning    = 300
	maxChapter    = 150
	maxSpeaker    = 80
	maxEndingName = 150
	maxFault      = 400 // of an author's error
	maxUntold     = 60  // of one option on the list of ways not taken
	maxUntoldAll  = 1400
	maxResult     = 400 // of an option that is told of outside its vote
	maxInlineAlt  = 400 // of a picture that is told of because it cannot be shown

	pollRoom = 3300 // for all the options of a vote together; the rest is for what is said of the vote
)
