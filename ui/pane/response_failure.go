package pane

import (
	"errors"
	"strings"

	"parley/httpcore"
)

// ResponseKeys are the keys, as they are shown, of what a response suggests: to set up the authentication that a server
// asks for, to run the expectations again, to go to the request's options, to send it, and to go to the sidebar. One that
// the keymap has no key for is empty.
type ResponseKeys struct{ Auth, Check, Options, Send, Tree string }

// failure is a failure with its hint and, where the request's options decide about it, how one comes to them.
func (r *Response) failure(err *httpcore.Error) []string {
	n := Failed(err)
	if name := optionOf(err); name != "" && r.keys.Options != "" {
		n.Hint = strings.TrimPrefix(n.Hint+"\n", "\n") + r.keys.Options + " goes to the request's Options: " + name
	}
	return r.message(n)
}

// optionOf names the option that decides about a failure; empty when none does.
func optionOf(err *httpcore.Error) string {
	switch {
	case errors.Is(err, httpcore.KindTLS):
		return "Verify TLS, client certificate"
	case errors.Is(err, httpcore.KindTimeout), errors.Is(err, httpcore.KindConnectTimeout):
		return "the timeouts"
	case errors.Is(err, httpcore.KindProxy):
		return "the proxy"
	case errors.Is(err, httpcore.KindTooManyRedirects):
		return "how many redirects are followed"
	}
	return ""
}

// kindWord names a failure in the edge. What a person has stopped is no failure, and called as the key is that does it.
func kindWord(kind httpcore.Kind) string {
	if kind == httpcore.KindCanceled {
		return "stopped"
	}
	return string(kind)
}
