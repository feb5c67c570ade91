package httpcore

import (
	"fmt"
	"strings"
)

// IsToken reports whether s is a token (RFC 9110 section 5.6.2), as methods and field names are.
func IsToken(s string) bool {
	for i := range len(s) {
		if c := s[i]; !isLetter(c) && !isDigit(c) && strings.IndexByte("!#$%&'*+-.^_`|~", c) < 0 {
			return false
		}
	}
	return s != ""
}

// checkMethod returns the method in upper case, as requests sends it.
func checkMethod(method string) (string, error) {
	switch {
	case method == "":
		return "GET", nil
	case !IsToken(method):
		return "", &Error{Kind: KindRequest, Message: fmt.Sprintf("the method %q is not a token", method), Advice: "a method is letters, digits and a few signs, such as GET or M-SEARCH"}
	case strings.EqualFold(method, "CONNECT"):
		return "", &Error{Kind: KindRequest, Message: "CONNECT cannot be sent: it asks a proxy for a tunnel, not a server for a resource", Advice: "to use a proxy, set it in the options"}
	}
	return strings.ToUpper(method), nil
}

// checkHeader refuses what would break the header section, or smuggle another field into it.
func checkHeader(field Field) error {
	if !IsToken(field.Name) {
		return headerError(field.Name, "its name is not a token", "a header name is letters, digits and a few signs, without spaces or colons")
	}
	for i := range len(field.Value) {
		if c := field.Value[i]; c < ' ' && c != '\t' || c == 0x7F {
			return headerError(field.Name, fmt.Sprintf("its value holds the control character 0x%02X at byte %d", c, i), "line breaks and other control characters cannot be sent in a header")
		}
	}
	if field.Value != "" && (field.Value[0] == ' ' || field.Value[0] == '\t') {
		return headerError(field.Name, "its value begins with white space", "remove it: white space around a value is not part of it")
	}
	return nil
}

func headerError(name, problem, hint string) *Error {
	return &Error{Kind: KindHeader, Message: fmt.Sprintf("the header %q cannot be sent: %s", name, problem), Advice: hint}
}

// checkCookie refuses what would end the cookie or the header early.
func checkCookie(cookie Field) error {
	if !IsToken(cookie.Name) {
		return &Error{Kind: KindHeader, Message: fmt.Sprintf("the cookie %q cannot be sent: its name is not a token", cookie.Name)}
	}
	for i := range len(cookie.Value) {
		if c := cookie.Value[i]; c < ' ' || c == 0x7F || c == ';' {
			return &Error{
				Kind:    KindHeader,
				Message: fmt.Sprintf("the cookie %q cannot be sent: its value holds %q", cookie.Name, string(c)),
				Advice:  "percent-encode the value, if the server decodes it",
			}
		}
	}
	return nil
}
