package importer

import (
	"cmp"
	"strconv"
	"strings"

	"parley/collections"
	"parley/httpcore"
	"parley/httpcore/auth"
)

func (b *builder) chooseAuth() {
	if b.netrcFile != "" {
		b.netrc()
	}
	if b.hasHeader("Authorization") {
		if b.user != nil || b.bearer != "" {
			b.note(Changed, "--user", "the Authorization header of -H is sent, as curl does")
		}
		return
	}
	kind := b.authType
	user := b.user
	if user == nil {
		user = b.urlUser
	}
	switch {
	case kind == "" && b.bearer != "":
		kind = "bearer"
	case kind == "" && user != nil:
		kind = "basic"
	}
	auth := collections.Auth{Type: collections.Str(kind)}
	field := func(name string, v collections.Value) {
		auth.Fields = append(auth.Fields, collections.Entry{Name: name, Value: v})
	}
	switch kind {
	case "basic", "digest", "ntlm":
		if user == nil {
			return
		}
		name, password := credentials(*user)
		field("username", value(name))
		field("password", password)
	case "bearer":
		field("token", value(b.bearer))
	case "aws-sigv4":
		b.sigv4(user, field)
	case "netrc":
		if user != nil {
			name, password := credentials(*user)
			auth.Type = collections.Str("basic")
			field("username", value(name))
			field("password", password)
			break
		}
		field("missing", collections.Str("ignore")) // as curl does, which then sends nothing
	default:
		return
	}
	b.request.Auth = auth
}

// credentials splits a user; curl asks for a password that is not there.
func credentials(user string) (name string, password collections.Value) {
	name, text, ok := strings.Cut(user, ":")
	if !ok {
		return name, collections.Str("{{prompt(" + strconv.Quote("Password of "+name) + ")}}")
	}
	return name, value(text)
}

func (b *builder) sigv4(user *string, field func(string, collections.Value)) {
	if user != nil {
		name, password := credentials(*user)
		field("access_key", value(name))
		field("secret_key", password)
	}
	scope := strings.Split(b.awsScope, ":")
	for i, name := range []string{"", "", "region", "service"} {
		if name != "" && i < len(scope) {
			field(name, value(scope[i]))
		}
	}
}

// netrc takes the user and the password from the file of --netrc-file. A password in a file that was named belongs to
// this one sending, so that without files it is lost.
func (b *builder) netrc() {
	if b.files == nil {
		b.note(Lost, "--netrc-file "+b.netrcFile, "credentials are not read from files; auth of the type netrc reads the usual one")
		return
	}
	text, err := b.files(b.netrcFile)
	target, badURL := httpcore.ParseURL(b.request.URL.Text)
	if err == nil && badURL == nil {
		user, _, _ := strings.Cut(cmp.Or(deref(b.user), deref(b.urlUser)), ":")
		var name, password string
		if name, password, err = auth.Netrc(text, target.Hostname(), user); err == nil && name+password != "" {
			whole := name + ":" + password
			b.user = &whole
		}
	}
	if err != nil {
		b.note(Lost, "--netrc-file "+b.netrcFile, err.Error())
	}
	b.authType = "basic"
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
