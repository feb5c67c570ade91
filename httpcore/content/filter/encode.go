package filter

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"slices"

	"github.com/itchyny/gojq"

	"parley/httpcore/content"
)

// encoder writes values of jq as JSON, in pieces: a value that refers to the
// same part many times has far more text than it takes memory.
type encoder struct {
	buf   []byte
	flush func() error // empties buf
}

// pieceSize is how much is written at a time.
const pieceSize = 32 << 10

func (e *encoder) encode(v any, depth int) error {
	if depth > content.MaxDepth {
		return fmt.Errorf("the result is nested more than %d deep", content.MaxDepth)
	}
	switch v := v.(type) {
	case []any:
		return e.array(v, depth+1)
	case map[string]any:
		return e.object(v, depth+1)
	}
	return e.scalar(v)
}

func (e *encoder) array(list []any, depth int) error {
	e.buf = append(e.buf, '[')
	for i, v := range list {
		if i > 0 {
			e.buf = append(e.buf, ',')
		}
		if err := e.encode(v, depth); err != nil {
			return err
		}
	}
	e.buf = append(e.buf, ']')
	return nil
}

func (e *encoder) object(object map[string]any, depth int) error {
	e.buf = append(e.buf, '{')
	for i, key := range slices.Sorted(maps.Keys(object)) {
		if i > 0 {
			e.buf = append(e.buf, ',')
		}
		if err := e.scalar(key); err != nil {
			return err
		}
		e.buf = append(e.buf, ':')
		if err := e.encode(object[key], depth); err != nil {
			return err
		}
	}
	e.buf = append(e.buf, '}')
	return nil
}

func (e *encoder) scalar(v any) error {
	switch v := v.(type) {
	case nil, bool, int, float64, *big.Int, string:
		text, err := gojq.Marshal(v)
		if err != nil {
			return err
		}
		e.buf = append(e.buf, text...)
	case json.Number:
		e.buf = append(e.buf, v...)
	default:
		return fmt.Errorf("jq made a value of an unknown type, %T", v)
	}
	if len(e.buf) < pieceSize {
		return nil
	}
	return e.flush()
}
