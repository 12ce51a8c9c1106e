// Package rehearse puts a local web page over a fakediscord: one watches the
// channel, votes as several people and sees the bot as a server's members will,
// without a token, a network or anybody else.
//
// Server serves the page together with the fake's control API and attachments
// under one origin. Readers play members who join and vote. Print follows a
// channel and writes the reading as plain text.
//
// The page (folder page/) is plain HTML, CSS and JavaScript modules, embedded
// and served as they are.
package rehearse
