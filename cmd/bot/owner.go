package main

import (
	"context"
	"encoding/base64"
	"fmt"
	"strings"
)

// A database belongs to one bot. Under another one, or in a rehearsal, its readings would be taken for those of servers
// that the bot was removed from, and ended.

// noteOwner is the note of whom the database belongs to.
const noteOwner = "owner"

// aRehearsal owns the databases of rehearsals.
const aRehearsal = "a rehearsal"

// owner is whom a database of this wiring belongs to; empty if the token does not tell.
func (w wiring) owner() string {
	if w.token == rehearsalToken {
		return aRehearsal
	}
	first, _, _ := strings.Cut(w.token, ".") // the bot's id, as in every token that Discord gives out
	id, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(first, "="))
	if err != nil || len(id) == 0 || strings.Trim(string(id), "0123456789") != "" {
		return ""
	}
	return "the bot with the id " + string(id)
}

// checkOwner refuses a database that belongs to another.
func (a *app) checkOwner(ctx context.Context, w wiring) error {
	a.owner = w.owner()
	note, err := a.store.Recall(ctx, noteOwner)
	if err != nil {
		a.log.Warn("it is not known whom the database belongs to", "error", err)
		return nil
	}
	if len(note) == 0 || a.owner == "" || string(note) == a.owner {
		return nil
	}
	hint := "name another file with " + envDB + ", or give the token of the bot that it belongs to: readings cannot go on under another"
	if a.owner == aRehearsal {
		hint = "name another file with --db: its readings cannot go on here, and would be ended"
	} else if string(note) == aRehearsal {
		hint = "name another file with " + envDB + ": its readings cannot go on anywhere else"
	}
	return wrongUse(fmt.Sprintf("the database %s belongs to %s, and this is %s", w.db, note, a.owner), hint)
}

// takeOwnership notes whom the database belongs to, once Discord has taken the token: one that was pasted by mistake owns
// nothing.
func (a *app) takeOwnership(ctx context.Context) {
	select {
	case <-a.bot.Ready():
	case <-ctx.Done():
		return
	}
	if a.owner == "" {
		return
	}
	note, err := a.store.Recall(ctx, noteOwner)
	if err == nil && string(note) == a.owner {
		return
	}
	if err := a.store.Remember(ctx, noteOwner, []byte(a.owner)); err != nil && ctx.Err() == nil {
		a.log.Warn("it cannot be noted whom the database belongs to", "error", err)
	}
}
