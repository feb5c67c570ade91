package pane

import (
	"net/http"
	"slices"
	"strings"

	"parley/httpcore"
)

// complaint is why the content is not whole, or not what was expected; no lines when all is well.
func (r *Response) complaint() []string {
	_, h := r.frame.inside()
	if r.exchange == nil || r.exchange.Response() == nil || h < 6 {
		return nil
	}
	var lines []string
	if err := r.exchange.Err; err != nil && err.Kind != httpcore.KindCanceled { // of which the edge says all there is
		lines = r.failure(err)[1:]
	}
	if asks := r.asks(); asks != "" {
		lines = append(lines, r.message(Notice{Text: asks, Hint: r.keys.Auth + " sets that up"})[1:]...)
	}
	return lines[:min(len(lines), h/2)]
}

// asks says what a 401 asks for.
func (r *Response) asks() string {
	asked := Asked(r.exchange.Response(), r.schemes)
	if len(asked) == 0 {
		return ""
	}
	used := ""
	if request := r.exchange.Request; request != nil {
		used = request.Auth.Type
	}
	if slices.Contains(asked, used) {
		return "The server does not accept these credentials: it asks for " + strings.Join(asked, " or ") + " auth"
	}
	return "The server asks for " + strings.Join(asked, " or ") + " auth"
}

// Asked returns the kinds of authentication that a response asks for, of those that there are.
func Asked(response *httpcore.Response, schemes []httpcore.Scheme) []string {
	if response.Status != http.StatusUnauthorized {
		return nil // what a proxy asks for belongs into its URL
	}
	return slices.DeleteFunc(response.Asks(), func(kind string) bool {
		return !slices.ContainsFunc(schemes, func(s httpcore.Scheme) bool { return s.Type() == kind })
	})
}
