package filter

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"parley/httpcore/content"
)

// Each of these would end the program, or take its memory or its time, if jq
// ran in it.
func TestJQThatCannotBeHeldIsStopped(t *testing.T) {
	for _, c := range []struct {
		expression string
		want       error
	}{
		{"[range(1e12)]", ErrTooMuch},
		{"[limit(100; repeat(\"x\" * 1e8))] | length", ErrTooMuch},
		{"reduce range(2e6) as $i (1; [.]) | tojson | length", ErrTooDeep},
		{"reduce range(2e6) as $i (1; [.]) | . == [.]", ErrTooDeep},
		{"null | setpath([range(2e6) | 0]; 1) | length", ErrTooDeep},
	} {
		_, _, err := run(t, JQ, c.expression, Input{}, "1")
		if !errors.Is(err, c.want) && !(c.want == ErrTooDeep && errors.Is(err, ErrTooMuch)) { // memory may run out first
			t.Errorf("%s ended with %v, want %v", c.expression, err, c.want)
		}
	}
	out, _, err := run(t, JQ, "1, reduce range(20000) as $i (1; [.])", Input{}, "1")
	if out != "1\n" || err == nil || !strings.Contains(err.Error(), "nested more than 10000 deep") {
		t.Errorf("a result nested 20000 deep ended with %v after %.20q", err, out)
	}
	deepest := strings.Repeat("[", content.MaxDepth) + strings.Repeat("]", content.MaxDepth)
	if out, _, err := run(t, JQ, ". == (tojson | fromjson)", Input{}, deepest); out != "true\n" || err != nil {
		t.Errorf("a body as deep as it may be gives %q, %v", out, err)
	}
}

func TestAStepOfJQThatTakesLongEndsWithItsContext(t *testing.T) {
	f, err := Compile(JQ, "reduce range(40) as $i (3; . * .)") // numbers of 10^12 digits
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	began := time.Now()
	_, err = f.Run(ctx, Input{Source: text("1")}, io.Discard)
	if took := time.Since(began); !errors.Is(err, context.DeadlineExceeded) || took > time.Minute {
		t.Errorf("it ended after %v with %v", took, err)
	}
}

func TestAKeptFilterGoesOnAfterABodyThatFails(t *testing.T) {
	f, err := Compile(JQ, ".a.b")
	if err != nil {
		t.Fatal(err)
	}
	kept, closeKept := Keep(f)
	defer closeKept()
	var out bytes.Buffer
	for _, c := range []struct {
		body, says string
	}{
		{`{"a":{"b":1}}`, ""},
		{`{"a":2} {"a":{"b":3}}`, "expected an object but got: number (2)"},
		{`{"a":}`, "expected a value"},
		{`{"a":{"b":4}}`, ""},
	} {
		_, err := kept.Run(t.Context(), Input{Source: text(c.body)}, &out)
		if c.says == "" && err != nil || c.says != "" && (err == nil || !strings.Contains(err.Error(), c.says)) {
			t.Errorf("%s gives %v, want %q", c.body, err, c.says)
		}
	}
	if want := "1\n4\n"; out.String() != want {
		t.Errorf("it selects %q, want %q", out.String(), want)
	}
	if k := kept.(*keptJQ); k.process == nil || !k.process.idle {
		t.Error("the process was not kept")
	}
}

func TestAnErrorOfAnyLengthIsToldInShort(t *testing.T) {
	_, _, err := run(t, JQ, `error("é" * 1000000)`, Input{}, "1")
	if err == nil || len(err.Error()) > 2*maxFailure || !strings.HasSuffix(err.Error(), "é…") {
		t.Errorf("an error of 2 MB is told in %d bytes", len(err.Error()))
	}
}

func text(body string) content.Source {
	return content.NewSource(strings.NewReader(body), int64(len(body)))
}
