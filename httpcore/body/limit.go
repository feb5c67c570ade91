package body

import (
	"fmt"
	"io"
)

// limited stops a stream that outgrows its limits.
type limited struct {
	r        io.Reader
	limits   Limits
	received *source
	n        int64
	err      error
}

func (l *limited) Read(p []byte) (int, error) {
	if l.err != nil {
		return 0, l.err
	}
	n, err := l.r.Read(p)
	if max := l.limits.MaxSize; max > 0 && l.n+int64(n) > max {
		n, err = int(max-l.n), l.tooLarge()
	}
	l.n += int64(n)
	if err == nil && l.expanded() {
		err = l.tooExpanded()
	}
	l.err = err
	return n, err
}

func (l *limited) expanded() bool {
	return l.limits.MaxExpansion > 0 && l.n > expansionFloor && l.n/l.limits.MaxExpansion > l.received.n
}

func (l *limited) tooLarge() error {
	return &Error{
		Kind: TooLarge,
		Message: fmt.Sprintf("the body is larger than the limit of %s; %s had arrived",
			sizeText(l.limits.MaxSize), sizeText(l.received.n)),
		Advice: "raise max_size in [options] if the body is meant to be this large",
	}
}

func (l *limited) tooExpanded() error {
	return &Error{
		Kind: TooLarge,
		Message: fmt.Sprintf("%s became %s when decoded, more than %d times as much: this looks like a decompression bomb",
			sizeText(l.received.n), sizeText(l.n), l.limits.MaxExpansion),
		Advice: "raise max_expansion in [options] if the body is meant to be this large, or turn decoding off",
	}
}
