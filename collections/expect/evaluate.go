package expect

import (
	"context"

	"parley/httpcore"
)

// Value evaluates one expression on an exchange that has a whole response. It is never nil, and of the kinds that
// [Captured] has.
func Value(ctx context.Context, expression string, x *httpcore.Exchange) (any, error) {
	captured := Compile([]Rule{{Expression: expression}}, nil).Run(ctx, x).Captured[0]
	return captured.Value, captured.Err
}
