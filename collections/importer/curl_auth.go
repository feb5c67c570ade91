package importer

import (
	"strconv"
	"strings"

	"parley/collections"
)

func (b *builder) chooseAuth() {
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
