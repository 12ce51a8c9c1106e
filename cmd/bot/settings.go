package main

import (
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// settings are what an operator sets to serve on Discord.
type settings struct {
	token   string
	db      string
	stories string  // a folder of more stories; empty if there is none
	api     string  // base URL of the REST API; empty for Discord's own
	guild   string  // register commands there only; empty for everywhere
	speed   float64 // divides every pause and deadline; 0 means 1
	log     *slog.Logger
}

// The names of the settings in the environment.
const (
	envToken     = "DISCORD_TOKEN"
	envTokenFile = "DISCORD_TOKEN_FILE"
	envDB        = "STORYTELLER_DB"
	envStories   = "STORYTELLER_STORIES"
	envAPI       = "DISCORD_API"
	envGuild     = "STORYTELLER_GUILD"
	envSpeed     = "STORYTELLER_SPEED"
	envLogLevel  = "LOG_LEVEL"
	envLogFormat = "LOG_FORMAT"

	defaultDB = "storyteller.db"

	maxTokenFile = 4 << 10 // a token has about 72 characters; a larger file is another file
)

// ours is how the names of settings begin that nothing else has.
const ours = "STORYTELLER_"

// warnOfUnknown tells of names that look like settings and are none. They are no error: where a service is called
// storyteller, Kubernetes sets STORYTELLER_PORT and others of its own.
func warnOfUnknown(set []string, log *slog.Logger) {
	known := []string{envDB, envStories, envGuild, envSpeed}
	for _, variable := range set {
		name, value, _ := strings.Cut(variable, "=")
		if strings.HasPrefix(name, ours) && value != "" && !slices.Contains(known, name) {
			log.Warn("this is set, and is no setting of the bot", "name", name, "settings", strings.Join(known, " "))
		}
	}
}

// readSettings reads them all; the first that is wrong is the error.
func readSettings(env func(string) string, set []string, logTo io.Writer) (settings, error) {
	s := settings{db: database(env), stories: env(envStories), api: strings.TrimRight(env(envAPI), "/"), guild: env(envGuild)}
	var err error
	if s.log, err = logger(env, logTo); err != nil {
		return s, err
	}
	warnOfUnknown(set, s.log)
	if s.token, err = token(env); err != nil {
		return s, err
	}
	if s.stories != "" {
		if info, err := os.Stat(s.stories); err != nil || !info.IsDir() {
			return s, wrongUse(fmt.Sprintf("%s is not a folder: %s", envStories, s.stories), "name a folder that holds one folder for each story, or unset it")
		}
	}
	if s.api != "" {
		if err := baseURL(s.api); err != nil {
			return s, err
		}
	}
	if s.guild != "" {
		if !snowflake.MatchString(s.guild) {
			return s, wrongUse(fmt.Sprintf("%s is no server id: %s", envGuild, s.guild), "with developer mode on, right-click the server and copy its id: digits only")
		}
	}
	if speed := env(envSpeed); speed != "" {
		if s.speed, err = strconv.ParseFloat(speed, 64); err != nil || !(s.speed > 0 && s.speed <= mostSpeed) {
			return s, wrongUse(fmt.Sprintf("%s is %q", envSpeed, speed), fmt.Sprintf("it is a number above 0, at most %d; unset it for real evenings", mostSpeed))
		}
	}
	return s, nil
}

// baseURL says what is wrong with an address of Discord's API, which may hold a secret that is not to be told.
func baseURL(api string) error {
	const hint = "it looks like https://discord.com/api/v10; unset it for Discord itself"
	u, err := url.Parse(api)
	if err != nil || u.Hostname() == "" || u.Scheme != "http" && u.Scheme != "https" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return wrongUse(envAPI+" is no base URL", hint)
	}
	if port := u.Port(); port != "" {
		if n, err := strconv.ParseUint(port, 10, 16); err != nil || n == 0 {
			return wrongUse(fmt.Sprintf("%s has the port %s, which is none", envAPI, port), "a port is a number from 1 to 65535; "+hint)
		}
	}
	return nil
}

// database is the file that the settings name.
func database(env func(string) string) string {
	if db := env(envDB); db != "" {
		return db
	}
	return defaultDB
}

// snowflake is the form of Discord's ids.
var snowflake = regexp.MustCompile(`^[1-9][0-9]{14,19}$`)

// token reads the token from the one place or the other, and never says what it is.
func token(env func(string) string) (string, error) {
	value, file := strings.TrimSpace(env(envToken)), env(envTokenFile)
	const where = "copy the token from the Bot page of your application in Discord's developer portal; to try the bot without one: bot rehearse"
	switch {
	case value != "" && file != "":
		return "", wrongUse("both "+envToken+" and "+envTokenFile+" are set", "unset one of them")
	case file != "":
		text, err := readShort(file)
		if err != nil {
			return "", wrongUse(fmt.Sprintf("%s cannot be read: %v", envTokenFile, err), "name a file that holds the token and nothing else")
		}
		value = strings.TrimSpace(text)
		if value == "" {
			return "", wrongUse(fmt.Sprintf("%s names an empty file: %s", envTokenFile, file), where)
		}
	case value == "":
		return "", wrongUse(envToken+" is not set", where)
	}
	if value = strings.TrimSpace(strings.TrimPrefix(value+" ", "Bot ")); value == "" {
		return "", wrongUse("the token is empty", where)
	}
	if strings.ContainsAny(value, " \t\r\n") {
		return "", wrongUse("the token has a space or a line break in it", where)
	}
	return value, nil
}

func readShort(file string) (string, error) {
	f, err := os.Open(file)
	if err != nil {
		return "", fmt.Errorf("%s: %w", file, reason(err))
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return "", fmt.Errorf("%s is a folder", file)
	}
	text, err := io.ReadAll(io.LimitReader(f, maxTokenFile+1))
	if err != nil {
		return "", fmt.Errorf("%s breaks off", file)
	}
	if len(text) > maxTokenFile {
		return "", fmt.Errorf("%s is longer than a token", file)
	}
	return string(text), nil
}

// logger makes the operator's log.
func logger(env func(string) string, to io.Writer) (*slog.Logger, error) {
	options := &slog.HandlerOptions{Level: slog.LevelInfo}
	switch level := strings.ToLower(env(envLogLevel)); level {
	case "", "info":
	case "debug":
		options.Level = slog.LevelDebug
	case "warn", "warning":
		options.Level = slog.LevelWarn
	case "error":
		options.Level = slog.LevelError
	default:
		return nil, wrongUse(fmt.Sprintf("%s is %q", envLogLevel, level), "it is one of debug, info, warn, error")
	}
	switch format := strings.ToLower(env(envLogFormat)); format {
	case "", "text":
		return slog.New(slog.NewTextHandler(to, options)), nil
	case "json":
		return slog.New(slog.NewJSONHandler(to, options)), nil
	default:
		return nil, wrongUse(fmt.Sprintf("%s is %q", envLogFormat, format), "it is text or json")
	}
}
