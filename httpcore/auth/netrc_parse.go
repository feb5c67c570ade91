package auth

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// netrcLogin is an entry of a netrc file.
type netrcLogin struct {
	// machine is the host, "" for the default of all others.
	machine        string
	name, password string
}

// findLogin returns the first entry for a host: the default stands for every host that no entry before it names.
func findLogin(logins []netrcLogin, host string) *netrcLogin {
	for i, login := range logins {
		if login.machine == "" || strings.EqualFold(login.machine, host) {
			return &logins[i]
		}
	}
	return nil
}

// parseNetrc reads a netrc file: words between white space, which quotes hold together, comments to the end of the line
// from a "#" where a keyword could stand (a password may begin with one), and macros, which are passed over.
func parseNetrc(text string) ([]netrcLogin, error) {
	p := &netrcParser{rest: text, line: 1}
	var logins []netrcLogin
	for {
		word, found := p.keyword()
		if !found {
			return logins, p.err
		}
		if word == "macdef" {
			p.skipMacro()
			continue
		}
		login := netrcLogin{}
		switch word {
		case "machine":
			if login.machine, found = p.word(); !found {
				return nil, p.fail("machine has no name")
			}
		case "default":
		default:
			return nil, p.fail("another word stands where machine, default or macdef is expected")
		}
		if err := p.entry(&login); err != nil {
			return nil, err
		}
		logins = append(logins, login)
	}
}

// netrcParser reads words. After an error there are none. An error does not repeat them: any may be part of a password.
type netrcParser struct {
	rest string
	line int
	err  error
}

func (p *netrcParser) fail(format string, args ...any) error {
	if p.err == nil {
		p.err = fmt.Errorf("line %d: "+format, append([]any{p.line}, args...)...)
	}
	return p.err
}

// entry reads up to the next machine, default or macdef. An account is for FTP.
func (p *netrcParser) entry(login *netrcLogin) error {
	for {
		before := *p
		word, found := p.keyword()
		if !found {
			return p.err
		}
		var into *string
		switch word {
		case "login", "user":
			into = &login.name
		case "password":
			into = &login.password
		case "account":
			into = new(string)
		case "machine", "default", "macdef":
			*p = before
			return nil
		default:
			return p.fail("another word stands where login, password or account is expected")
		}
		if *into, found = p.word(); !found {
			return p.fail("%s has no value", word)
		}
	}
}

// skip passes over n bytes.
func (p *netrcParser) skip(n int) {
	p.line += strings.Count(p.rest[:n], "\n")
	p.rest = p.rest[n:]
}

// keyword returns the next word that begins no comment, and whether there is one.
func (p *netrcParser) keyword() (string, bool) {
	word, found := p.word()
	for found && strings.HasPrefix(word, "#") {
		p.skip(until(p.rest, "\n"))
		word, found = p.word()
	}
	return word, found
}

// word returns the next one, and whether there is one.
func (p *netrcParser) word() (string, bool) {
	p.skip(len(p.rest) - len(strings.TrimLeft(p.rest, " \t\r\n\ufeff")))
	switch {
	case p.rest == "" || p.err != nil:
		return "", false
	case p.rest[0] == '"':
		return p.quoted()
	default:
		word := p.rest[:until(p.rest, " \t\r\n")]
		p.skip(len(word))
		return word, true
	}
}

func until(s, set string) int {
	if at := strings.IndexAny(s, set); at >= 0 {
		return at
	}
	return len(s)
}

// quoted reads a word in quotes, with the escapes that curl knows.
func (p *netrcParser) quoted() (string, bool) {
	var word strings.Builder
	for i := 1; i < len(p.rest); i++ {
		c := p.rest[i]
		switch {
		case c == '"':
			p.skip(i + 1)
			return word.String(), true
		case c == '\\' && i+1 < len(p.rest):
			i++
			if at := strings.IndexByte("nrt", p.rest[i]); at >= 0 {
				c = "\n\r\t"[at]
			} else {
				c = p.rest[i]
			}
		}
		word.WriteByte(c)
	}
	p.fail("a quote is not closed")
	return "", false
}

// skipMacro passes over a macro, which ends with an empty line.
func (p *netrcParser) skipMacro() {
	for p.rest != "" {
		p.skip(min(until(p.rest, "\n")+1, len(p.rest)))
		if line := p.rest[:until(p.rest, "\n")]; strings.TrimSpace(line) == "" {
			return
		}
	}
}

// Netrc returns the login that the text of a netrc file has for a host, and for that user of it when one is named; both
// are empty when it has none.
func Netrc(text, host, user string) (name, password string, err error) {
	logins, err := parseNetrc(text)
	if err != nil {
		return "", "", err
	}
	if user != "" {
		logins = slices.DeleteFunc(logins, func(l netrcLogin) bool { return l.name != "" && l.name != user })
	}
	if whole := slices.DeleteFunc(slices.Clone(logins), func(l netrcLogin) bool { return l.password == "" }); findLogin(whole, host) != nil {
		logins = whole // an entry without a password leaves it to a later one
	}
	if login := findLogin(logins, host); login != nil {
		return cmp.Or(login.name, user), login.password, nil
	}
	return "", "", nil
}
