package cookies

import (
	"errors"
	"strings"
)

// FieldError says what is wrong with one field of a cookie that a person or a file gave.
type FieldError struct {
	// Field is "name", "value", "domain", "path", "expires" or "samesite".
	Field   string
	Message string
	Advice  string
}

// Error says what is wrong.
func (e *FieldError) Error() string { return "the cookie's " + e.Field + " " + e.Message }

// Hint says what to write.
func (e *FieldError) Hint() string { return e.Advice }

// Check holds a cookie that did not come from a server to what one from a server is held to. It returns every problem,
// as *FieldErrors that are joined, or nil.
func (c Cookie) Check() error {
	problems := []error{c.CheckPair(), c.checkDomain(), checkPath(c.Path)}
	switch {
	case c.Name == "" && c.Value == "":
		problems = append(problems, &FieldError{"name", "is empty, and so is its value", "give it a name"})
	case len(c.Name)+len(c.Value) > maxPair:
		problems = append(problems, &FieldError{"value", "is too long: with the name it has more than 4096 bytes", "no server may set such a one either"})
	}
	if why := prefixProblem(c, c.Path); why != "" {
		problems = append(problems, &FieldError{"name", "makes a promise that is not kept: " + why, "change that, or the name"})
	}
	return errors.Join(problems...)
}

// CheckPair holds name and value to what may stand in a Cookie field, which is all that keeping a cookie asks for.
func (c Cookie) CheckPair() error {
	return errors.Join(checkText("name", c.Name, ";="), checkText("value", c.Value, ";"))
}

func checkText(field, text, separators string) error {
	switch {
	case strings.ContainsFunc(text, isControl):
		return &FieldError{field, "holds a control character", "leave it out, or percent-encode it if the server decodes that"}
	case strings.ContainsAny(text, separators):
		return &FieldError{field, "holds a separator of cookies (" + strings.Join(strings.Split(separators, ""), " or ") + ")", "percent-encode it if the server decodes that"}
	case trim(text) != text:
		return &FieldError{field, "begins or ends with a blank", "servers cut it off: leave it out"}
	}
	return nil
}

// isControl tells what no cookie may hold (RFC 6265bis section 5.6, step 1).
func isControl(r rune) bool { return r < ' ' && r != '\t' || r == 0x7F }

// checkPath lets all through that the path of a URL may hold.
func checkPath(path string) error {
	switch {
	case !strings.HasPrefix(path, "/"):
		return &FieldError{"path", "does not begin with a slash", "/ is for the whole host"}
	case strings.ContainsFunc(path, isControl):
		return &FieldError{"path", "holds a control character", "percent-encode it as the URL does"}
	}
	return nil
}

// checkDomain looks at a domain as cookies have it, in lower case and without a leading dot.
func (c Cookie) checkDomain() error {
	switch {
	case c.Domain == "":
		return &FieldError{"domain", "is missing", "example.com for that host alone, .example.com for those below it too"}
	case isAddress(c.Domain):
		if !c.HostOnly {
			return &FieldError{"domain", "is an address, which has no hosts below it", "leave the dot before it out"}
		}
	case strings.ContainsFunc(c.Domain, notInDomain), strings.HasPrefix(c.Domain, "."), strings.Contains(c.Domain, ".."):
		return &FieldError{"domain", "is no host name", "such as api.example.com, without scheme, port and path"}
	case !c.HostOnly && isPublicSuffix(c.Domain):
		return &FieldError{"domain", c.Domain + " is a public suffix, shared by strangers", "name a host below it"}
	}
	return nil
}

// notInDomain tells what no host in ASCII and lower case has. An underscore is in many, whatever the standards say.
func notInDomain(r rune) bool {
	return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' && r != '.' && r != '_'
}
