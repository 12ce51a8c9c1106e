// Package discord is the edge to Discord: interactions come in over the gateway, messages go out over REST. It is the
// only package that knows discordgo.
//
// A Bot is a narrate.Stage: Post, Edit and Typing show what the core wants shown. Run keeps the gateway connected,
// registers the commands when they have changed, and turns each interaction into a commands.Request and its
// commands.Reply into what Discord wants to hear, in Discord's time.
//
// What is to be known of Discord is written where it matters; three rules hold everywhere.
//
//   - Nothing is shown twice. Every new message carries a nonce that is derived from its reading and its key, so that
//     Discord itself drops a second one for some minutes. After that time the channel's history is searched for the
//     message's marker: the id of its first component, derived from the same two (see marker).
//   - Nobody is pinged. Every body that goes out says allowed_mentions {parse: []}.
//   - No token leaves in a log or an error. Errors of HTTP and of discordgo carry addresses and headers, so they are
//     turned into texts at once (see failure) and never passed on.
//
// discordgo's own reconnecting, retrying, rate limiting and state cache are off: gateway.go, pace.go and post.go say
// what stands in their place.
package discord
