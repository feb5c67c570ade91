package httpcore

import "parley/httpcore/body"

// Request is what the user means, with every variable resolved. It is plain data: nothing in it is encoded yet, and
// nothing that Parley adds by itself is in it.
type Request struct {
	// Method is a token (RFC 9110 section 9.1); empty means GET. It is sent in upper case, as requests does.
	Method string
	// URL is as typed; percent-escapes in it stay as they are. A URL without a scheme is an error, see Session.Prepare.
	URL string
	// Path holds values for `:name` and `{name}` in the path of the URL; they are escaped as one path segment each.
	Path Fields
	// Params are appended to the URL's own query, in order; a name may repeat.
	Params Fields
	// Headers leave in this order and this case. A header that Parley would add by itself is not added when it is here.
	Headers Fields
	// Without names the automatic headers that are not to be sent (User-Agent, Accept, Content-Type …).
	Without []string
	// Cookies go to the host of URL only, beside those of the session's jar.
	Cookies Fields
	// Auth names a scheme and its values; the zero value means none.
	Auth Auth
	// Body is nil when there is none.
	Body body.Payload
	// Hooks take part in sending; without any, the session's do.
	Hooks Hooks
	// Options say how to send. Start from DefaultOptions: the zero value has no timeouts and follows no redirects.
	Options Options
	// Elsewhere says what is only for the origin of URL, beside credentials and secrets; nil when nothing is.
	Elsewhere *Elsewhere
	// Secrets are the secret values that went into this request. Anything that holds one is masked wherever it is shown
	// or kept, and never crosses to another origin.
	Secrets []Secret
}

// Auth names an authentication scheme and the values it is to use, as the user gave them.
type Auth struct {
	// Type is the Type of a Scheme of the session, "none" or empty.
	Type   string
	Values Fields
}

// IsNone reports whether no authentication is asked for.
func (a Auth) IsNone() bool { return a.Type == "" || a.Type == "none" }

// ParsedURL returns the URL that r goes to, with its path values filled in and its params appended. An error is an *Error.
func (r *Request) ParsedURL() (*URL, error) { return requestURL(r) }
