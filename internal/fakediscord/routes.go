package fakediscord

import (
	"net/http"
	"strings"
	"time"
)

// Rate limits of route buckets. Discord publishes none and warns against
// relying on any; these are what has been observed, or generous.
var (
	limitSend    = Limit{5, 5 * time.Second}
	limitEdit    = Limit{5, 5 * time.Second}
	limitDelete  = Limit{5, time.Second}
	limitHistory = Limit{10, 5 * time.Second}
	limitWebhook = Limit{5, 2 * time.Second}
	limitCommand = Limit{5, 20 * time.Second}
	limitThread  = Limit{10, 10 * time.Second}
	limitOther   = Limit{30, time.Second}
)

func get(path string, h handler, l Limit) *route   { return newRoute(http.MethodGet, path, h, l) }
func post(path string, h handler, l Limit) *route  { return newRoute(http.MethodPost, path, h, l) }
func put(path string, h handler, l Limit) *route   { return newRoute(http.MethodPut, path, h, l) }
func patch(path string, h handler, l Limit) *route { return newRoute(http.MethodPatch, path, h, l) }
func del(path string, h handler, l Limit) *route   { return newRoute(http.MethodDelete, path, h, l) }

func newRoute(method, path string, h handler, l Limit) *route {
	return &route{method: method, path: path, segments: strings.Split(path, "/"), handle: h, limit: l}
}

// anyone makes a route that needs no bot token.
func anyone(r *route) *route { r.open = true; return r }

// interactive makes a route of an interaction: its token is in the path, and
// it is outside the bot's global limit.
func interactive(r *route) *route { r.open, r.exempt = true, true; return r }

const (
	pathGlobalCommands = "/applications/{application}/commands"
	pathGuildCommands  = "/applications/{application}/guilds/{guild}/commands"
	pathChannel        = "/channels/{channel}"
	pathMessages       = "/channels/{channel}/messages"
	pathMessage        = "/channels/{channel}/messages/{message}"
	pathScheduled      = "/guilds/{guild}/scheduled-events"
	pathWebhook        = "/webhooks/{webhook}/{token}"
	pathCallback       = "/interactions/{interaction}/{token}/callback"
)

// restRoutes are the routes of Discord's API that are spoken here. Words come
// before variables where both would match.
var restRoutes = []*route{
	anyone(get("/gateway", getGateway, limitOther)),
	get("/gateway/bot", getGatewayBot, limitOther),
	get("/users/@me", getMe, limitOther),
	get("/users/@me/guilds", getMyGuilds, limitOther),
	del("/users/@me/guilds/{guild}", leaveGuild, limitOther),
	post("/users/@me/channels", openDM, limitOther),
	get("/users/{user}", getUser, limitOther),
	get("/applications/@me", getApplication, limitOther),
	get("/oauth2/applications/@me", getApplication, limitOther),

	get("/guilds/{guild}", getGuild, limitOther),
	get("/guilds/{guild}/channels", getGuildChannels, limitOther),
	get("/guilds/{guild}/roles", getGuildRoles, limitOther),
	get("/guilds/{guild}/threads/active", getActiveThreads, limitOther),
	get("/guilds/{guild}/members/{user}", getMember, limitOther),
	get(pathScheduled, listScheduled, limitOther),
	post(pathScheduled, createScheduled, limitThread),
	get(pathScheduled+"/{event}", getScheduled, limitOther),
	patch(pathScheduled+"/{event}", editScheduled, limitThread),
	del(pathScheduled+"/{event}", removeScheduled, limitOther),

	get(pathChannel, getChannel, limitOther),
	patch(pathChannel, editChannel, limitThread),
	del(pathChannel, removeChannel, limitOther),
	post("/channels/{channel}/typing", startTyping, limitSend),
	get(pathMessages, listMessages, limitHistory),
	post(pathMessages, createMessage, limitSend),
	get(pathMessages+"/pins", listPins, limitHistory), // a word, so before the messages by their ids
	put(pathMessages+"/pins/{message}", pinMessage, limitOther),
	del(pathMessages+"/pins/{message}", unpinMessage, limitOther),
	get("/channels/{channel}/pins", listOldPins, limitHistory),
	put("/channels/{channel}/pins/{message}", pinMessage, limitOther),
	del("/channels/{channel}/pins/{message}", unpinMessage, limitOther),
	post("/channels/{channel}/polls/{message}/expire", expirePoll, limitEdit),
	get("/channels/{channel}/polls/{message}/answers/{answer}", listVoters, limitHistory),
	get(pathMessage, getMessage, limitHistory),
	patch(pathMessage, editMessage, limitEdit),
	del(pathMessage, removeMessage, limitDelete),
	post("/channels/{channel}/messages/{message}/threads", threadFromMessage, limitThread),
	post("/channels/{channel}/threads", threadInChannel, limitThread),
	put("/channels/{channel}/thread-members/@me", joinThread, limitOther),
	del("/channels/{channel}/thread-members/@me", joinThread, limitOther),

	get(pathGlobalCommands, listCommands, limitOther),
	post(pathGlobalCommands, upsertCommand, limitCommand),
	put(pathGlobalCommands, replaceCommands, limitCommand),
	get(pathGlobalCommands+"/{command}", getCommand, limitOther),
	patch(pathGlobalCommands+"/{command}", editCommand, limitCommand),
	del(pathGlobalCommands+"/{command}", removeCommand, limitCommand),
	get(pathGuildCommands, listCommands, limitOther),
	post(pathGuildCommands, upsertCommand, limitCommand),
	put(pathGuildCommands, replaceCommands, limitCommand),
	get(pathGuildCommands+"/{command}", getCommand, limitOther),
	patch(pathGuildCommands+"/{command}", editCommand, limitCommand),
	del(pathGuildCommands+"/{command}", removeCommand, limitCommand),

	interactive(post(pathCallback, answerInteraction, Limit{})),
	interactive(post(pathWebhook, byToken(followUp, executeWebhook), limitWebhook)),
	interactive(get(pathWebhook+"/messages/{message}", byToken(getFollowUp, getWebhookMessage), limitWebhook)),
	interactive(patch(pathWebhook+"/messages/{message}", byToken(editFollowUp, editWebhookMessage), limitWebhook)),
	interactive(del(pathWebhook+"/messages/{message}", byToken(removeFollowUp, removeWebhookMessage), limitWebhook)),

	get("/channels/{channel}/webhooks", listWebhooks, limitOther),
	post("/channels/{channel}/webhooks", createWebhook, limitOther),
	get("/guilds/{guild}/webhooks", listWebhooks, limitOther),
	get("/webhooks/{webhook}", getWebhook, limitOther),
	patch("/webhooks/{webhook}", editWebhook, limitOther),
	del("/webhooks/{webhook}", removeWebhook, limitOther),
	interactive(get(pathWebhook, getWebhook, limitWebhook)),
	interactive(patch(pathWebhook, editWebhook, limitWebhook)),
	interactive(del(pathWebhook, removeWebhook, limitWebhook)),
}

// matchRoute finds the route of a path after the API version.
func matchRoute(method, path string) (*route, map[string]string, error) {
	parts := strings.Split(path, "/")
	var err error = errUnknownRoute
	for _, r := range restRoutes {
		vars, fits := r.match(parts)
		if !fits {
			continue
		}
		if r.method == method {
			return r, vars, nil
		}
		err = errUnknownMethod
	}
	return nil, nil, err
}

func (r *route) match(parts []string) (map[string]string, bool) {
	if len(parts) != len(r.segments) {
		return nil, false
	}
	for i, seg := range r.segments {
		isVar := strings.HasPrefix(seg, "{") && parts[i] != ""
		if !isVar && seg != parts[i] {
			return nil, false
		}
	}
	vars := map[string]string{}
	for i, seg := range r.segments {
		if name, isVar := strings.CutPrefix(seg, "{"); isVar {
			vars[strings.TrimSuffix(name, "}")] = parts[i]
		}
	}
	return vars, true
}

// routes builds the handler of everything that is served.
func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/api/", s.serveREST)
	mux.HandleFunc(gatewayPath, s.serveGateway)
	mux.HandleFunc(gatewayPath+"/", s.serveGateway)
	mux.HandleFunc("GET /attachments/{channel}/{id}/{name}", s.serveAttachment)
	mux.Handle("/control/", s.controlRoutes())
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { s.write(w, s.refuse(r, errUnknownRoute)) })
	return mux
}
