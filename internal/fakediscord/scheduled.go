package fakediscord

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"time"
)

// Limits of scheduled events (resources/guild-scheduled-event in Discord's
// documentation).
const (
	maxScheduled     = 100 // scheduled and active ones of a guild
	maxEventName     = 100
	maxEventText     = 1000
	maxEventLocation = 100

	entityExternal = 3
)

// States of a scheduled event.
const (
	eventScheduled = 1
	eventActive    = 2
	eventCompleted = 3
	eventCanceled  = 4
)

// scheduled is an event outside of Discord, which begins and ends by the clock.
type scheduled struct {
	ID          string    `json:"-"`
	Name        string    `json:"name"`
	Description *string   `json:"description"`
	Start       time.Time `json:"scheduled_start_time"`
	End         time.Time `json:"scheduled_end_time"`
	Metadata    struct {
		Location string `json:"location"`
	} `json:"entity_metadata"`
	Status int         `json:"status"`
	timer  *time.Timer // to its next state
}

// none is a field that must be null for an event outside of Discord.
func none(p *problem, _ any) {
	p.add("GUILD_SCHEDULED_EVENT_FIELD_INVALID", "An external event has no such field")
}

// scheduledFields are those of an event. Only external events are spoken here.
var scheduledFields = object{
	"name": need(text(1, maxEventName)), "description": opt(text(0, maxEventText)), "privacy_level": need(oneOf(2)),
	"scheduled_start_time": need(iso8601), "scheduled_end_time": need(iso8601), "entity_type": need(oneOf(entityExternal)),
	"entity_metadata": need(object{"location": need(text(1, maxEventLocation))}.check),
	"channel_id":      opt(none), "image": opt(unsupported), "recurrence_rule": opt(unsupported),
}

// scheduledChange are the same for a change, in which each may be absent.
var scheduledChange = func() object {
	o := object{"status": opt(integer(eventScheduled, eventCanceled))}
	for key, f := range scheduledFields {
		o[key] = opt(f.check)
	}
	return o
}()

func (s *Server) scheduledWire(g *guild, e *scheduled) jsonMap {
	return jsonMap{
		"id": e.ID, "guild_id": g.id, "channel_id": nil, "creator_id": s.world.bot.ID, "creator": s.world.bot, "name": e.Name,
		"description": e.Description, "scheduled_start_time": timestamp(e.Start), "scheduled_end_time": timestamp(e.End),
		"privacy_level": 2, "status": e.Status, "entity_type": entityExternal, "entity_id": nil, "image": nil, "recurrence_rule": nil,
		"entity_metadata": jsonMap{"location": e.Metadata.Location}, "user_count": 0, "user_rsvp": nil, "guild_scheduled_event_exceptions": []any{},
	}
}

func (s *Server) scheduledWires(g *guild) []jsonMap {
	l := []jsonMap{}
	for _, e := range g.scheduled {
		l = append(l, s.scheduledWire(g, e))
	}
	return l
}

func (s *Server) tellScheduled(g *guild, what string, e *scheduled) {
	s.dispatch(g.id, intentScheduled, "GUILD_SCHEDULED_EVENT_"+what, s.scheduledWire(g, e))
}

// over reports whether an event is done with.
func (e *scheduled) over() bool { return e.Status >= eventCompleted }

// wind sets the clock to the event's next state.
func (s *Server) wind(g *guild, e *scheduled) {
	if e.timer != nil {
		e.timer.Stop()
	}
	next := e.Start
	if e.Status == eventActive {
		next = e.End
	}
	e.timer = time.AfterFunc(next.Sub(s.Now()), func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if !s.closed && !e.over() && slices.Contains(g.scheduled, e) {
			s.advance(g, e, e.Status+1)
		}
	})
}

// advance gives an event another state. One that is over is forgotten.
func (s *Server) advance(g *guild, e *scheduled, status int) {
	e.Status = status
	if e.over() {
		e.timer.Stop()
		g.dropScheduled(e)
	} else {
		s.wind(g, e)
	}
	s.tellScheduled(g, "UPDATE", e)
}

func (g *guild) dropScheduled(e *scheduled) {
	g.scheduled = slices.DeleteFunc(slices.Clone(g.scheduled), func(other *scheduled) bool { return other == e })
}

// checkTimes checks that an event begins in the future and ends after that.
func (e *scheduled) checkTimes(p *problem, now time.Time) {
	if e.Status == eventScheduled && !e.Start.After(now) {
		p.at("scheduled_start_time").add("GUILD_SCHEDULED_EVENT_SCHEDULE_PAST", "Cannot schedule event in the past.")
	}
	if !e.End.After(e.Start) {
		p.at("scheduled_end_time").add("GUILD_SCHEDULED_EVENT_END_BEFORE_START", "The end must come after the start.")
	}
}

var (
	errUnknownScheduled = notFound(codeUnknownScheduled, "Guild Scheduled Event")
	errTooManyScheduled = refused(http.StatusBadRequest, codeTooManyScheduled, fmt.Sprintf("Maximum number of uncompleted guild scheduled events reached (%d)", maxScheduled))
)

// mayPlan checks that the bot may make events; its own it may also change.
func (s *Server) mayPlan(g *guild) error {
	p := g.members[s.world.bot.ID].permissions
	if !p.Has(CreateEvents) && !p.Has(ManageEvents) {
		return errMissingPermissions
	}
	return nil
}

func createScheduled(s *Server, r *request) (reply, error) {
	g, err := s.guildFor(r)
	if err != nil {
		return reply{}, err
	}
	if err := s.mayPlan(g); err != nil {
		return reply{}, err
	}
	p, e := &problem{}, &scheduled{Status: eventScheduled}
	if err := e.read(p, scheduledFields, r, s.Now()); err != nil {
		return reply{}, err
	}
	if len(g.scheduled) >= maxScheduled {
		return reply{}, errTooManyScheduled
	}
	e.ID = s.newID()
	g.scheduled = append(slices.Clone(g.scheduled), e)
	s.wind(g, e)
	s.tellScheduled(g, "CREATE", e)
	return ok(s.scheduledWire(g, e))
}

// read takes an event's fields from a body.
func (e *scheduled) read(p *problem, fields object, r *request, now time.Time) error {
	fields.check(p, r.tree)
	if err := p.formError(); err != nil {
		return err
	}
	if err := json.Unmarshal(r.raw, e); err != nil {
		return errInvalidJSON
	}
	e.checkTimes(p, now)
	return p.formError()
}

func listScheduled(s *Server, r *request) (reply, error) {
	g, err := s.guildFor(r)
	if err != nil {
		return reply{}, err
	}
	return ok(s.scheduledWires(g))
}

// scheduledOf is the event that a route names.
func (s *Server) scheduledOf(r *request) (*guild, *scheduled, error) {
	g, err := s.guildFor(r)
	if err != nil {
		return nil, nil, err
	}
	for _, e := range g.scheduled {
		if e.ID == r.vars["event"] {
			return g, e, nil
		}
	}
	return nil, nil, errUnknownScheduled
}

// ownScheduled is the event that a route names, if the bot may change it.
func (s *Server) ownScheduled(r *request) (*guild, *scheduled, error) {
	g, e, err := s.scheduledOf(r)
	if err == nil {
		err = s.mayPlan(g)
	}
	return g, e, err
}

func getScheduled(s *Server, r *request) (reply, error) {
	g, e, err := s.scheduledOf(r)
	if err != nil {
		return reply{}, err
	}
	return ok(s.scheduledWire(g, e))
}

// editScheduled changes an event. It may begin early, end early once it has
// begun, or be cancelled before.
func editScheduled(s *Server, r *request) (reply, error) {
	g, e, err := s.ownScheduled(r)
	if err != nil {
		return reply{}, err
	}
	p, changed := &problem{}, *e
	if err := changed.read(p, scheduledChange, r, s.Now()); err != nil {
		return reply{}, err
	}
	steps := map[int][]int{eventScheduled: {eventScheduled, eventActive, eventCanceled}, eventActive: {eventActive, eventCompleted}}
	if !contains(steps[e.Status], changed.Status) {
		p.at("status").add("GUILD_SCHEDULED_EVENT_INVALID_STATUS", "Invalid Guild Scheduled Event Status Update")
		return reply{}, p.formError()
	}
	*e = changed
	s.advance(g, e, e.Status)
	return ok(s.scheduledWire(g, e))
}

func removeScheduled(s *Server, r *request) (reply, error) {
	g, e, err := s.ownScheduled(r)
	if err != nil {
		return reply{}, err
	}
	e.timer.Stop()
	g.dropScheduled(e)
	s.tellScheduled(g, "DELETE", e)
	return noContent()
}
