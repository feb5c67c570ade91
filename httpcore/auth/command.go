package auth

import (
	"context"
	"time"

	"parley/httpcore"
)

// command takes credentials from what a command of the user's prints, see parseCredentials.
type command struct {
	run func(ctx context.Context, line string) (string, error)
	now func() time.Time
}

func (command) Type() string  { return "command" }
func (command) Title() string { return "Command" }

func (command) Fields() []httpcore.SchemeField {
	return []httpcore.SchemeField{
		{Name: "run", Label: "Run", Help: "a line for the shell that prints a token, a whole Authorization value, or JSON", Required: true},
		{Name: "ttl", Label: "TTL", Help: "how long its output is good, such as 10m; for the whole session when empty"},
	}
}

func (s command) Authorizer(values httpcore.Fields) (httpcore.Authorizer, error) {
	if err := checkFilled(s, values); err != nil {
		return nil, err
	}
	a := &commandAuthorizer{scheme: s, turn: newTurn()}
	a.line, _ = values.Get("run")
	if ttl, _ := values.Get("ttl"); ttl != "" {
		var err error
		if a.ttl, err = time.ParseDuration(ttl); err != nil || a.ttl < 0 {
			return nil, authError(s, "cannot read ttl = \""+ttl+"\"", "it is a duration such as 30s, 10m or 1h; 0s runs it for every request")
		}
		a.bounded = true
	}
	if s.run == nil {
		return nil, authError(s, "cannot be used here: commands are not run", "")
	}
	return a, nil
}

// commandAuthorizer keeps what the command printed last.
type commandAuthorizer struct {
	scheme  command
	line    string
	ttl     time.Duration
	bounded bool

	turn turn // one run at a time; who waits for it takes its result
	kept credentials
	at   time.Time
}

func (a *commandAuthorizer) Authorize(ctx context.Context, p *httpcore.Prepared) error {
	found, err := a.credentials(ctx)
	if err != nil {
		return err
	}
	found.authorize(p)
	return nil
}

// credentials are those kept, or those of a new run.
func (a *commandAuthorizer) credentials(ctx context.Context) (credentials, error) {
	if err := a.turn.take(ctx); err != nil {
		return nil, err
	}
	defer a.turn.leave()
	now := a.scheme.now()
	if a.kept != nil && (!a.bounded || now.Before(a.at.Add(a.ttl))) {
		return a.kept, nil
	}
	output, err := a.scheme.run(ctx, a.line)
	switch {
	case ctx.Err() != nil:
		return nil, canceled(ctx)
	case err != nil:
		return nil, authError(a.scheme, "got nothing of `"+a.line+"`: "+err.Error(), "run it in a shell to see what is wrong")
	}
	found, err := parseCredentials(output)
	if err != nil {
		return nil, authError(a.scheme, "cannot use what `"+a.line+"` prints: "+err.Error(), "it prints a token, an Authorization value, or JSON with access_token, token or headers")
	}
	a.kept, a.at = found, now
	return found, nil
}

// Answer runs the command once more when a server refuses what it printed earlier, unless it has printed something else
// meanwhile.
func (a *commandAuthorizer) Answer(ctx context.Context, p *httpcore.Prepared, r *httpcore.Response, _ httpcore.Requester, round int) (bool, error) {
	if r.Status != 401 || round > 1 {
		return false, nil
	}
	if err := a.turn.take(ctx); err != nil {
		return false, err
	}
	defer a.turn.leave()
	if a.kept.areIn(p) {
		a.kept = nil
	}
	return true, nil
}
