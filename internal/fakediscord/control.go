package fakediscord

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
)

// controlRoutes is the control API: people and the world, by HTTP. Each route
// does what the method of its name does.
//
//	GET  state?user=ID&guild=ID   the world as a user sees it
//	GET  events?user=ID&after=N   what they see from then on, as an event stream
//	GET  ledger, violations
//	POST members, command, autocomplete, press, select, modal, say, vote, channels,
//	     delete, permissions, guild, gateway, fault, clear-faults
//
// Errors are {"error": "a sentence"} with a status of 400 and above.
func (s *Server) controlRoutes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /control/state", s.controlState)
	mux.HandleFunc("GET /control/events", s.controlEvents)
	mux.HandleFunc("GET /control/ledger", func(w http.ResponseWriter, _ *http.Request) { writeControl(w, s.Ledger()) })
	mux.HandleFunc("GET /control/violations", func(w http.ResponseWriter, _ *http.Request) {
		writeControl(w, append([]string{}, s.Violations()...))
	})
	for name, act := range controlActions {
		mux.HandleFunc("POST /control/"+name, func(w http.ResponseWriter, r *http.Request) { s.controlPost(w, r, act) })
	}
	mux.HandleFunc("/control/", func(w http.ResponseWriter, r *http.Request) {
		failControl(w, http.StatusNotFound, fmt.Errorf("the control API has no %s %s", r.Method, r.URL.Path))
	})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.notePublicURL(r)
		mux.ServeHTTP(w, r)
	})
}

// maxControlBody bounds a control request, in bytes: a file of a member in
// base64 and some more.
const maxControlBody = maxFile*4/3 + 1<<20

// action does what a control request asks; decode reads its body.
type action func(s *Server, r *http.Request, decode func(any) error) (any, error)

// controlPost runs an action. It insists on JSON, which a page of another
// origin cannot send without being asked first.
func (s *Server) controlPost(w http.ResponseWriter, r *http.Request, act action) {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "application/json" {
		failControl(w, http.StatusUnsupportedMediaType, errors.New("the Content-Type must be application/json"))
		return
	}
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxControlBody))
	if err != nil {
		failControl(w, http.StatusRequestEntityTooLarge, err)
		return
	}
	v, err := act(s, r, func(into any) error {
		if err := json.Unmarshal(raw, into); err != nil {
			return fmt.Errorf("the body does not fit: %w", err)
		}
		return nil
	})
	if err != nil {
		failControl(w, http.StatusBadRequest, err)
		return
	}
	writeControl(w, v)
}

func writeControl(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	_, _ = w.Write(mustJSON(v))
}

func failControl(w http.ResponseWriter, status int, err error) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(mustJSON(jsonMap{"error": err.Error()}))
}

// interactionReply is the answer to what makes an interaction.
func interactionReply(id string, err error) (any, error) {
	return jsonMap{"interaction_id": id}, err
}

// with is an action that decodes its body into a T.
func with[T any](f func(s *Server, r *http.Request, in T) (any, error)) action {
	return func(s *Server, r *http.Request, decode func(any) error) (any, error) {
		var in T
		if err := decode(&in); err != nil {
			return nil, err
		}
		return f(s, r, in)
	}
}

// done is the answer to what has no result.
func done(err error) (any, error) { return jsonMap{"ok": true}, err }

// controlActions are the POST routes by name.
var controlActions = map[string]action{
	"members": with(func(s *Server, _ *http.Request, in Member) (any, error) { return s.AddMember(in) }),
	"command": with(func(s *Server, _ *http.Request, in CommandInput) (any, error) { return interactionReply(s.Command(in)) }),
	"autocomplete": with(func(s *Server, r *http.Request, in CommandInput) (any, error) {
		l, err := s.Autocomplete(r.Context(), in)
		return jsonMap{"choices": append([]Choice{}, l...)}, err
	}),
	"press":  with(func(s *Server, _ *http.Request, in PressInput) (any, error) { return interactionReply(s.Press(in)) }),
	"select": with(func(s *Server, _ *http.Request, in PressInput) (any, error) { return interactionReply(s.Select(in)) }),
	"modal": with(func(s *Server, _ *http.Request, in ModalInput) (any, error) {
		return interactionReply(s.SubmitModal(in))
	}),
	"say": with(func(s *Server, _ *http.Request, in struct{ User, Channel, Text string }) (any, error) {
		return s.Say(in.User, in.Channel, in.Text)
	}),
	"vote": with(func(s *Server, _ *http.Request, in struct {
		User, Channel, Message string
		Answers                []int
	}) (any, error) {
		return done(s.VotePoll(in.User, in.Channel, in.Message, in.Answers...))
	}),
	"channels": with(func(s *Server, _ *http.Request, in Channel) (any, error) { return s.AddChannel(in) }),
	"delete": with(func(s *Server, _ *http.Request, in struct{ Channel, Message string }) (any, error) {
		if in.Message == "" {
			return done(s.DeleteChannel(in.Channel))
		}
		return done(s.DeleteMessage(in.Channel, in.Message))
	}),
	"permissions": with(controlPermit),
	"guild":       with(controlGuild),
	"fault": with(func(s *Server, _ *http.Request, in Fault) (any, error) {
		_, err := s.Fail(in)
		return done(err)
	}),
	"clear-faults": func(s *Server, _ *http.Request, _ func(any) error) (any, error) {
		s.ClearFaults()
		return done(nil)
	},
	"gateway": with(controlGateway),
}

func controlPermit(s *Server, _ *http.Request, in struct {
	Guild, Channel, User string
	Permissions          *Permissions
}) (any, error) {
	if in.Permissions == nil {
		return nil, errors.New("permissions are missing")
	}
	return done(s.Permit(in.Guild, in.Channel, in.User, *in.Permissions))
}

// controlGuild makes a guild or changes how the bot stands to it.
func controlGuild(s *Server, _ *http.Request, in struct{ Guild, Action, Name string }) (any, error) {
	switch in.Action {
	case "add":
		return s.AddGuild(in.Name), nil
	case "unavailable":
		return done(s.SetGuildAvailable(in.Guild, false))
	case "available":
		return done(s.SetGuildAvailable(in.Guild, true))
	case "remove":
		return done(s.RemoveBot(in.Guild))
	case "restore":
		return done(s.RestoreBot(in.Guild))
	}
	return nil, errors.New("action is one of add, unavailable, available, remove, restore")
}

// controlGateway makes the gateway misbehave.
func controlGateway(s *Server, _ *http.Request, in struct {
	Action    string
	Code      int
	Resumable bool
}) (any, error) {
	g := s.Gateway()
	switch in.Action {
	case "reconnect":
		g.Reconnect()
	case "invalid-session":
		g.InvalidSession(in.Resumable)
	case "close":
		g.Close(in.Code, "")
	case "cut":
		g.Cut()
	case "silence":
		g.Silence(true)
	case "speak":
		g.Silence(false)
	case "heartbeat":
		g.RequestHeartbeat()
	default:
		return nil, errors.New("action is one of reconnect, invalid-session, close, cut, silence, speak, heartbeat")
	}
	return done(nil)
}
