package httpcore

import "context"

// Scheme is a kind of authentication. What forms, flags and files need to know of it comes from Fields.
type Scheme interface {
	// Type is the name in files, such as "basic".
	Type() string
	// Title is the name for people, such as "Basic".
	Title() string
	Fields() []SchemeField
	// Authorizer checks the values and returns what authorises a request with them. An error is of KindAuth and names the field.
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

// Authorizer puts credentials into a request. It runs last, when headers and body are final (requests: auth after body).
type Authorizer interface {
	Authorize(ctx context.Context, p *Prepared) error
}
