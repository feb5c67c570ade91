package httpcore

import "context"

// Scheme is a kind of authentication. What forms, flags and files need to know of it comes from Fields.
type Scheme interface {
	// Type is the name in files, such as "basic".
	Type() string
	// Title is the name for people, such as "Basic".
	Title() string
	Fields() []SchemeField
	// Authorizer checks the values and returns what authorises requests with them. An error is of KindAuth and names the
	// field. A session asks once for the same values, and keeps the answer: an Authorizer may hold what it has learned (a
	// nonce, a token) and must be safe for concurrent use.
	Authorizer(values Fields) (Authorizer, error)
}

// SchemeField describes one value that a Scheme takes.
type SchemeField struct {
	Name     string
	Label    string
	Help     string
	Required bool
	// Secret values are shown as dots.
	Secret bool
	// Choices are the allowed values when there are only some; the first is the default.
	Choices []string
}

// Authorizer puts credentials into a request. It runs last, when headers and body are final (requests: auth after body),
// and again before every repeat. It never touches the network: what it can't know without goes into Prepared.Incomplete.
type Authorizer interface {
	Authorize(ctx context.Context, p *Prepared) error
}

// Obtainer is an Authorizer that needs something from the network first, such as a token. Do calls it before the first
// attempt of each hop that may be authorised, with the request still without credentials, and then Authorize anew.
type Obtainer interface {
	Obtain(ctx context.Context, p *Prepared, via Requester) error
}

// Answerer is an Authorizer that can answer what a server asks for.
type Answerer interface {
	// Answer looks at the response to p, whatever its status and with its body received. When it can answer, it remembers
	// what Authorize needs for that and returns true: the request is authorised anew and sent again, at once. round counts
	// from 1 for each hop; after maxRounds of them Answer is not asked any more, and the response is the hop's. An answered
	// response costs no retry.
	Answer(ctx context.Context, p *Prepared, r *Response, via Requester, round int) (again bool, err error)
}

// ConnectionBound is an Authorizer whose credentials hold for a connection (NTLM): what it authorises shares one that no
// other request gets, see Prepared.Affinity.
type ConnectionBound interface {
	BindsConnection() bool
}

// HostKeeper is an Authorizer that has credentials for each host apart (netrc). Where a redirect leads to another origin,
// what it has for there authorises the new request, as in requests.
type HostKeeper interface {
	HasFor(host string) bool
}

// Requester sends requests of an Authorizer's own, in the session and with the network options of the request that it
// authorises, and tells the user what to do.
type Requester interface {
	// Send prepares and sends r with the timeouts, TLS and network options of the request that is authorised, whatever
	// r.Options say, but with Redirects and Decode of r.Options. It knows neither auth nor cookies nor hooks nor retries, and is not part
	// of the Exchange. Errors are masked with the secrets of both; a secret's hosts are minded for what is in r. The caller
	// closes the Exchange, which is there also when sending failed, and nil only when r cannot be prepared.
	Send(ctx context.Context, r *Request) (*Exchange, error)
	// Notice becomes the event of that name.
	Notice(text string)
}
