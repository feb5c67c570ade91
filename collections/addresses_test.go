package collections_test

import (
	"context"
	"fmt"
	"testing"
)

func TestAddresses(t *testing.T) {
	c := tree(t, write(t, mixed))
	all := "[{users/zap PUT {{id}}} {users/all GET http://localhost} {users2/all GET http://localhost} {a GET http://localhost}]"
	if got := fmt.Sprint(c.Addresses(t.Context(), 100)); got != all {
		t.Errorf("got %s, want %s", got, all)
	}
	if got := len(c.Addresses(t.Context(), 2)); got != 2 {
		t.Errorf("of at most two there are %d", got)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if got := c.Addresses(ctx, 100); got != nil {
		t.Errorf("after the end came %v", got)
	}
}
