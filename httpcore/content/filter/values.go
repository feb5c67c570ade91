package filter

import (
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"strings"

	"parley/httpcore/content"
)

// values reads texts of JSON one after another as values of jq. Numbers stay
// as they are written.
type values struct {
	from    input
	scanner *content.Scanner
	buf     []byte
	rest    []byte // of buf, not scanned yet
	end     error  // why nothing more comes
	levels  []level
	token   []byte // the pieces of a token that was cut
	kind    content.TokenKind
	keys    map[string]string // seen before, so that records share theirs
}

// maxKeys is how many keys are shared, maxKey how long such a key is.
const maxKeys, maxKey = 4096, 64

// level is an object or array that is not whole yet.
type level struct {
	object map[string]any
	array  []any
	key    string
}

func newValues(from input) *values {
	return &values{from: from, scanner: content.NewStreamScanner(), buf: make([]byte, 64<<10), keys: map[string]string{}}
}

// next returns the next value. The error is io.EOF after the last, a
// [*content.SyntaxError], or the reader's.
func (v *values) next() (any, error) {
	for {
		t, text, err := v.read()
		if err == nil && t.More {
			v.token = append(v.token, text...)
			continue
		}
		if err != nil && v.scanner.Inside() && !errors.Is(err, io.EOF) {
			return nil, err // the token before is not whole
		}
		// A token has an end only when the next has begun, or the text is over.
		value, whole, broken := v.finishToken()
		v.kind, v.token = t.Kind, append(v.token[:0], text...)
		if whole {
			return value, nil
		}
		if err = cmp.Or(broken, err); err != nil {
			return nil, err
		}
	}
}

// read returns the next token or piece of one, and its bytes. The end of the
// text comes as a token of no kind, once.
func (v *values) read() (content.Token, []byte, error) {
	for {
		t, n := v.scanner.Next(v.rest)
		switch t.Kind {
		case content.Invalid:
			return content.Token{}, nil, v.scanner.Err()
		case content.None:
			if !v.scanner.Inside() && v.scanner.Depth() == 0 && v.kind != content.None {
				v.rest = v.rest[n:]
				return content.Token{}, nil, nil // hand out what is whole before waiting for more
			}
			if err := v.fill(); err != nil {
				return content.Token{}, nil, err
			}
			continue
		}
		text := v.rest[n-int(t.End-t.Start) : n]
		v.rest = v.rest[n:]
		return t, text, nil
	}
}

// fill reads more. At the end it says so, or what is missing.
func (v *values) fill() error {
	if v.end != nil {
		return v.end
	}
	n, err := v.from.Read(v.buf)
	for err == nil && (n == 0 || v.mayBePreamble(v.buf[:n])) {
		var more int
		more, err = v.from.Read(v.buf[n:])
		n += more
	}
	v.rest = v.buf[:n]
	if v.scanner.Offset() == 0 {
		mark, guard, _ := content.Preamble(v.rest)
		v.rest = v.rest[mark+guard:]
		v.scanner.Skip(int64(mark + guard))
	}
	if err == nil {
		return nil
	}
	v.end = err
	if errors.Is(err, io.EOF) {
		if missing := v.scanner.Finish(); missing != nil {
			v.end = missing
		}
	}
	if n > 0 {
		return nil
	}
	return v.end
}

// mayBePreamble reports whether a body that begins so may have more that is no
// part of its JSON.
func (v *values) mayBePreamble(head []byte) bool {
	_, _, more := content.Preamble(head)
	return more && v.scanner.Offset() == 0
}

// finishToken takes the token that was read last, and returns a value if that
// is whole now.
func (v *values) finishToken() (value any, whole bool, err error) {
	switch v.kind {
	case content.BeginObject:
		v.levels = append(v.levels, level{object: map[string]any{}})
		return nil, false, nil
	case content.BeginArray:
		v.levels = append(v.levels, level{array: []any{}})
		return nil, false, nil
	case content.Key:
		v.levels[len(v.levels)-1].key, err = v.sharedKey()
		return nil, false, err
	case content.EndObject, content.EndArray:
		top := v.levels[len(v.levels)-1]
		v.levels = v.levels[:len(v.levels)-1]
		if value = top.array; v.kind == content.EndObject {
			value = top.object
		}
	case content.String:
		if value, err = unquote(v.token); err != nil {
			return nil, false, err
		}
	case content.Number:
		value = json.Number(v.token)
	case content.Literal:
		switch v.token[0] {
		case 't':
			value = true
		case 'f':
			value = false
		}
	default: // None, Colon, Comma
		return nil, false, nil
	}
	if len(v.levels) == 0 {
		return value, true, nil
	}
	if top := &v.levels[len(v.levels)-1]; top.object != nil {
		top.object[top.key] = value
	} else {
		top.array = append(top.array, value)
	}
	return nil, false, nil
}

// sharedKey returns the text of the key that was read last.
func (v *values) sharedKey() (string, error) {
	if key, ok := v.keys[string(v.token)]; ok {
		return key, nil
	}
	key, err := unquote(v.token)
	if len(v.token) <= maxKey && len(v.keys) < maxKeys && err == nil {
		v.keys[string(v.token)] = key
	}
	return key, err
}

// unquote returns the text of a JSON string. Like jq's, it is valid UTF-8.
func unquote(quoted []byte) (string, error) {
	inner := string(quoted[1 : len(quoted)-1])
	if strings.IndexByte(inner, '\\') < 0 {
		return strings.ToValidUTF8(inner, "\ufffd"), nil
	}
	var text string
	err := json.Unmarshal(quoted, &text)
	return text, err
}
