package runner

import (
	"encoding/json"
	"slices"
	"sync"

	"parley/collections/env"
	"parley/collections/expect"
	"parley/collections/template"
)

// NewCapturedMemory returns an empty store of captured values that lives in memory, for a chain of requests: each sees what
// those before it captured, whichever session they were sent in.
func NewCapturedMemory() *CapturedStore { return &CapturedStore{memory: &capturedMemory{}} }

// capturedMemory are the values of a chain. A list that was handed out is never changed.
type capturedMemory struct {
	mu   sync.Mutex
	vars []template.Variable
}

func (m *capturedMemory) layer() env.Layer {
	m.mu.Lock()
	defer m.mu.Unlock()
	return env.Layer{Name: CapturedName, Vars: m.vars}
}

// keep brings values into the form that the file gives them, so that a request sees the same in a chain and alone.
func (m *capturedMemory) keep(from string, captured []expect.Captured) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	vars := slices.Clone(m.vars)
	for _, c := range captured {
		if c.Err != nil {
			continue
		}
		data, err := json.Marshal(c.Value)
		if err != nil {
			return err
		}
		value, err := decodeCaptured(data)
		if err != nil {
			return err
		}
		made := capturedVariable(c.Name, from, value, c.Secret)
		if at := slices.IndexFunc(vars, func(v template.Variable) bool { return v.Name == c.Name }); at >= 0 {
			vars[at] = made
			continue
		}
		vars = append(vars, made)
	}
	m.vars = vars
	return nil
}

// isEmpty reports whether a request sees no captured value for sure, without reading a file.
func (s *CapturedStore) isEmpty() bool {
	return s == nil || s.memory != nil && len(s.memory.layer().Vars) == 0
}
