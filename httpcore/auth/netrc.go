package auth

import (
	"context"
	"encoding/base64"

	"parley/httpcore"
)

// netrc is Basic auth with the credentials that a netrc file has for the host, as curl and requests read it.
type netrc struct {
	read func() (file, text string, err error)
}

func (netrc) Type() string  { return "netrc" }
func (netrc) Title() string { return "netrc" }

func (netrc) Fields() []httpcore.SchemeField {
	return []httpcore.SchemeField{
		{Name: "missing", Label: "Missing", Help: "what to do when the file has nothing for the host: an error, or nothing", Choices: []string{"error", "ignore"}},
	}
}

func (s netrc) Authorizer(values httpcore.Fields) (httpcore.Authorizer, error) {
	if err := check(s, values); err != nil {
		return nil, err
	}
	lenient := choice(s, values, "missing") == "ignore"
	if s.read == nil && !lenient {
		return nil, authError(s, "cannot be used here: there is no way to the file", "")
	}
	return netrcAuthorizer{s, lenient}, nil
}

// netrcAuthorizer reads the file for every request: it is short, and may have changed.
type netrcAuthorizer struct {
	scheme  netrc
	lenient bool
}

func (a netrcAuthorizer) Authorize(ctx context.Context, p *httpcore.Prepared) error {
	login, err := a.find(p.URL.Hostname())
	if a.lenient && (err != nil || login == nil) {
		return nil
	}
	if err != nil {
		return err
	}
	if login.password != "" {
		p.AddSecret("netrc", login.password)
	}
	return header("Basic "+base64.StdEncoding.EncodeToString([]byte(login.name+":"+login.password))).Authorize(ctx, p)
}

// HasFor reports whether the file names a host: see httpcore.HostKeeper. A redirect does not get the default's credentials,
// which would let any server have them sent to any other.
func (a netrcAuthorizer) HasFor(host string) bool {
	login, err := a.find(host)
	return err == nil && login != nil && login.machine != ""
}

// find returns what the file has for a host. It is nil only for a lenient authorizer.
func (a netrcAuthorizer) find(host string) (*netrcLogin, error) {
	if a.scheme.read == nil {
		return nil, nil
	}
	file, text, err := a.scheme.read()
	if err != nil {
		if file == "" {
			file = "its file"
		}
		return nil, authError(a.scheme, "cannot read "+file+": "+err.Error(), "set NETRC to where it is")
	}
	logins, err := parseNetrc(text)
	if err != nil {
		return nil, authError(a.scheme, "cannot read "+file+": "+err.Error(), "a password with a blank in it needs quotes")
	}
	login := findLogin(logins, host)
	if login == nil && !a.lenient {
		return nil, authError(a.scheme, "finds nothing for "+host+" in "+file, "add the line: machine "+host+" login NAME password PASSWORD")
	}
	return login, nil
}
