package runner

import (
	"fmt"
	"maps"
	"slices"
	"sync"

	"parley/collections/env"
	"parley/collections/script"
	"parley/collections/template"
	"parley/httpcore"
)

// Scripts is what the hooks of the requests of a workspace share: the processes that they run in, and the variables that
// they have set, which live as long as it does and are written to no file. Safe for concurrent use; Close it.
type Scripts struct {
	processes *script.Processes

	mu sync.Mutex
	// values are by scope, then by name.
	values map[string]map[string]script.Value
	// secrets are those that went into a script: what it has set may hold them.
	secrets []httpcore.Secret
}

// NewScripts returns a place for hooks without variables.
func NewScripts() *Scripts { return newScripts(&script.Processes{}) }

func newScripts(p *script.Processes) *Scripts {
	return &Scripts{processes: p, values: map[string]map[string]script.Value{}}
}

// Apart returns a place with variables of its own, none at first, which shares the processes and need not be closed.
func (s *Scripts) Apart() *Scripts {
	if s == nil {
		return nil
	}
	return newScripts(s.processes)
}

// Close ends the processes.
func (s *Scripts) Close() {
	if s != nil {
		s.processes.Close()
	}
}

// What hooks may set in a scope: so many variables, so many bytes in one and in all of them.
const (
	maxScripted      = 10_000
	maxScriptedValue = 1 << 20
	maxScriptedAll   = 16 << 20
)

// set gives a variable of a scope a value.
func (s *Scripts) set(scope, name string, v script.Value) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.values[scope] == nil {
		s.values[scope] = map[string]script.Value{}
	}
	return setScripted(s.values[scope], name, v)
}

func setScripted(values map[string]script.Value, name string, v script.Value) error {
	if len(v) > maxScriptedValue {
		return fmt.Errorf("%s: a variable holds at most %d MiB", name, maxScriptedValue>>20)
	}
	if _, there := values[name]; !there && len(values) >= maxScripted {
		return fmt.Errorf("%s: hooks set at most %d variables", name, maxScripted)
	}
	size := len(v)
	for other, value := range values {
		if other != name {
			size += len(value)
		}
	}
	if size > maxScriptedAll {
		return fmt.Errorf("%s: the variables that hooks set hold at most %d MiB", name, maxScriptedAll>>20)
	}
	values[name] = v
	return nil
}

func (s *Scripts) unset(scope, name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.values[scope], name)
}

// know keeps the secrets that a script was given.
func (s *Scripts) know(secrets []httpcore.Secret) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.secrets = withSecrets(s.secrets, secrets)
}

// withSecrets adds those that are not there.
func withSecrets(list, more []httpcore.Secret) []httpcore.Secret {
	for _, secret := range more {
		same := func(s httpcore.Secret) bool { return s.Name == secret.Name && s.Reveal() == secret.Reveal() }
		if !slices.ContainsFunc(list, same) {
			list = append(list[:len(list):len(list)], secret)
		}
	}
	return list
}

// isEmpty reports whether no hook has set anything.
func (s *Scripts) isEmpty() bool {
	if s == nil {
		return true
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.values) == 0
}

// seen returns the variables, and the secrets that may be in them.
func (s *Scripts) seen() (env.Scripted, []httpcore.Secret) {
	if s == nil {
		return env.Scripted{}, nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.values) == 0 {
		return env.Scripted{}, nil
	}
	m := httpcore.NewMasker(s.secrets, httpcore.Mark)
	return env.Scripted{
		Environment: scriptedLayer(script.ScopeEnvironment, s.values[script.ScopeEnvironment], m),
		Collection:  scriptedLayer(script.ScopeCollection, s.values[script.ScopeCollection], m),
		Globals:     scriptedLayer(script.ScopeGlobals, s.values[script.ScopeGlobals], m),
	}, s.secrets
}

// scriptedLayer makes variables of what a hook has set. They are literal: a hook may have them from a server. One that holds a
// secret that m knows is one.
func scriptedLayer(scope string, values map[string]script.Value, m *httpcore.Masker) env.Layer {
	layer := env.Layer{Name: scriptedName(scope)}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		value, err := decodeCaptured(values[name])
		if err != nil {
			continue // it is JSON: the script's own engine wrote it
		}
		layer.Vars = append(layer.Vars, template.Variable{
			Name: name, Value: value, Literal: true, Secret: m.Find(string(values[name])) != nil, Origin: template.Origin{Scope: layer.Name},
		})
	}
	return layer
}

// scriptedName is the scope of those variables for people.
func scriptedName(scope string) string { return "a hook's pm." + scope }
