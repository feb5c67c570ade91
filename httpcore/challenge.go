package httpcore

import (
	"slices"
	"strings"
)

// Challenge is one thing that a server asks for in WWW-Authenticate or Proxy-Authenticate (RFC 9110 section 11.6.1).
type Challenge struct {
	// Scheme is as the server wrote it, such as "Digest"; compare it without regard to case.
	Scheme string
	// Token is a token68, as NTLM and Negotiate send it; empty when there are parameters.
	Token string
	// Params are in order, their quotes and escapes removed. Get compares names without regard to case.
	Params Fields
}

// Is reports whether the challenge is of that scheme.
func (c Challenge) Is(scheme string) bool { return strings.EqualFold(c.Scheme, scheme) }

// maxChallenges bounds what one response can make a client look at; browsers know no server with more than three.
const maxChallenges = 32

// Challenges returns what the fields of that name ask for, in order: a field may hold several challenges, and there may
// be several fields. What cannot be read is left out, up to where the next challenge begins.
func Challenges(headers Fields, name string) []Challenge {
	var all []Challenge
	for _, value := range headers.Values(name) {
		p := challengeParser{rest: value}
		all = append(all, p.parse()...)
	}
	return all[:min(len(all), maxChallenges)]
}

// challengeParser reads one field. A comma stands between challenges as well as between parameters: what follows tells
// them apart, since a parameter has an equals sign after its name, and a scheme has not.
type challengeParser struct {
	rest string
	all  []Challenge
}

func (p *challengeParser) parse() []Challenge {
	for p.skip(" \t,"); p.rest != "" && len(p.all) < maxChallenges; p.skip(" \t,") {
		name := p.token()
		if name == "" {
			p.junk()
			continue
		}
		if p.isParam() {
			p.param(name)
			continue
		}
		p.all = append(p.all, Challenge{Scheme: name})
		p.token68()
	}
	return p.all
}

func (p *challengeParser) skip(set string) { p.rest = strings.TrimLeft(p.rest, set) }

// junk skips to the next comma outside of quotes.
func (p *challengeParser) junk() {
	for p.rest != "" && p.rest[0] != ',' {
		if p.rest[0] == '"' {
			p.quoted()
			continue
		}
		p.rest = p.rest[1:]
	}
}

func (p *challengeParser) token() string {
	n := 0
	for n < len(p.rest) && IsToken(p.rest[n:n+1]) {
		n++
	}
	token := p.rest[:n]
	p.rest = p.rest[n:]
	return token
}

// isParam reports whether an equals sign follows.
func (p *challengeParser) isParam() bool {
	return strings.HasPrefix(strings.TrimLeft(p.rest, " \t"), "=")
}

// param reads a value, which white space may surround (RFC 9110 section 11.2: "bad" white space), and adds it to the
// challenge before it, if there is one.
func (p *challengeParser) param(name string) {
	p.skip(" \t")
	p.rest = p.rest[1:]
	p.skip(" \t")
	var value string
	if strings.HasPrefix(p.rest, `"`) {
		value = p.quoted()
	} else {
		end := strings.IndexAny(p.rest, ", \t")
		if end < 0 {
			end = len(p.rest)
		}
		value, p.rest = p.rest[:end], p.rest[end:]
	}
	if n := len(p.all); n > 0 {
		p.all[n-1].Params.Add(name, value)
	}
}

// quoted reads a quoted string (RFC 9110 section 5.6.4); one that does not end goes to the end of the field.
func (p *challengeParser) quoted() string {
	var b strings.Builder
	s := p.rest[1:]
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '"':
			p.rest = s[i+1:]
			return b.String()
		case s[i] == '\\' && i+1 < len(s):
			i++
		}
		b.WriteByte(s[i])
	}
	p.rest = ""
	return b.String()
}

// token68 reads what stands alone after a scheme: letters, digits and "-._~+/", with padding, up to a comma or the end.
func (p *challengeParser) token68() {
	text := strings.TrimLeft(p.rest, " \t")
	end := strings.IndexByte(text, ',')
	if end < 0 {
		end = len(text)
	}
	token := strings.TrimRight(text[:end], " \t")
	plain := strings.TrimRight(token, "=")
	isToken68 := plain != "" && !strings.ContainsFunc(plain, func(r rune) bool {
		return r > '~' || !isLetter(byte(r)) && !isDigit(byte(r)) && !strings.ContainsRune("-._~+/", r)
	})
	if isToken68 {
		p.all[len(p.all)-1].Token = token
		p.rest = text[end:]
	}
}

// Asks returns the auth types, as schemes are named in files, that a 401 or 407 asks for, the one that the server names
// first first. Challenges of other kinds are not in it.
func (r *Response) Asks() []string {
	name := "WWW-Authenticate"
	switch r.Status {
	case 401:
	case 407:
		name = "Proxy-Authenticate"
	default:
		return nil
	}
	var types []string
	for _, challenge := range Challenges(r.Headers, name) {
		if kind := authTypeOf(challenge); kind != "" && !slices.Contains(types, kind) {
			types = append(types, kind)
		}
	}
	return types
}

// offer tells the user what a 401 asks for, when nothing was shown to the server. What a proxy asks for is part of the
// proxy's own URL, and not offered.
func (r *run) offer(p *Prepared, response *Response) {
	if _, shown := p.Header("Authorization"); shown || response.Status != 401 || !p.Request.Auth.IsNone() {
		return
	}
	known := slices.DeleteFunc(response.Asks(), func(name string) bool {
		_, err := r.session.scheme(name)
		return err != nil
	})
	if len(known) > 0 {
		r.emit(Notice{Text: "the server asks for " + strings.Join(known, " or ") + " auth, and the request has none"})
	}
}

// authTypeOf is the type of the scheme that answers a challenge, or "".
func authTypeOf(c Challenge) string {
	switch strings.ToLower(c.Scheme) {
	case "basic", "bearer", "digest", "hawk", "ntlm":
		return strings.ToLower(c.Scheme)
	case "negotiate":
		return "ntlm"
	case "oauth":
		return "oauth1"
	case "aws4-hmac-sha256":
		return "aws-sigv4"
	default:
		return ""
	}
}
