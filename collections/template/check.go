package template

import "context"

// Check returns what is wrong with a part of a text as far as that shows without running anything: unknown names,
// functions that are not called, broken expressions. It does not look into the values of variables. It is meant for
// colouring a text while it is typed.
func Check(text *Text, part Part, scope Scope) error {
	r := NewResolver(scope, Host{})
	if !part.IsCode || r.Known(part.Code) {
		return nil
	}
	e := &evaluation{Resolver: r, ctx: context.Background(), text: text, part: part}
	_, err := e.compile()
	return err
}
