package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"syscall"
	"testing"

	"parley/collections/template"
	"parley/httpcore"
)

func TestExitCodes(t *testing.T) {
	kind := func(k httpcore.Kind) error { return &httpcore.Error{Kind: k} }
	for _, c := range []struct {
		err  error
		want int
	}{
		{nil, 0},
		{kind(httpcore.KindStatus), 1},
		{kind(httpcore.KindRetry), 1},
		{kind(httpcore.KindURL), 2},
		{kind(httpcore.KindAuth), 2},
		{&UsageError{}, 2},
		{errors.New("anything else"), 2},
		{kind(httpcore.KindTLS), 3},
		{kind(httpcore.KindTotalTimeout), 3},
		{kind(httpcore.KindTruncated), 3},
		{kind(httpcore.KindTooLarge), 3},
		{fmt.Errorf("while sending: %w", kind(httpcore.KindDNS)), 3},
		{kind(httpcore.KindCanceled), 130},
		{context.Canceled, 130},
		{errors.Join(kind(httpcore.KindStatus), &UsageError{}), 2},
		{errors.Join(&UsageError{}, kind(httpcore.KindClosed), kind(httpcore.KindStatus)), 3},
		{errors.Join(kind(httpcore.KindClosed), context.Canceled), 130},
		{fmt.Errorf("write: %w", syscall.EPIPE), 0},
	} {
		if got := ExitCode(c.err); got != c.want {
			t.Errorf("%v exits with %d, want %d", c.err, got, c.want)
		}
	}
}

func TestEveryErrorIsSaidWithItsHint(t *testing.T) {
	var out strings.Builder
	p := &Program{Stderr: &out}
	code := p.Report(template.Errors{
		{Message: "unknown \x1b[2J", Position: template.Position{File: "a.toml", Line: 2, Column: 3}, Advice: "define it"},
		{Message: "no hint here"},
	})
	want := "parley: a.toml:2:3: unknown ␛[2J\n  hint: define it\nparley: no hint here\n"
	if out.String() != want || code != 2 {
		t.Errorf("it says %q and exits with %d; want %q", &out, code, want)
	}
}
