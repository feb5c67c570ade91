package env

import (
	"fmt"
	"strings"

	"parley/collections/template"
)

// Layer is the variables of one place: a file, the command line, what was captured. Within a layer a later variable
// of the same name wins.
type Layer struct {
	// Name is for people: "request", "folder users", "environment dev".
	Name string
	Vars []template.Variable
}

// Sources are the layers that a request can see.
type Sources struct {
	Flags Layer
	// Row is the row of data that a run is at.
	Row      Layer
	Captured Layer
	Request  Layer
	// Folders are those that the request is in, inner first.
	Folders []Layer
	// Environments are the chosen ones in the order they were named; later ones win.
	Environments []Layer
	Collection   Layer
	// Scripted are those that hooks have set.
	Scripted Scripted
}

// Scripted are the variables that hooks have set: each scope is just before the layers whose place it takes, Local before all
// but the command line, and Globals after all.
type Scripted struct{ Local, Environment, Collection, Globals Layer }

// Scopes puts the layers in the order of lookup.
func (s Sources) Scopes() *Scopes {
	layers := []Layer{s.Flags, s.Scripted.Local, s.Row, s.Captured, s.Request}
	layers = append(append(layers, s.Folders...), s.Scripted.Environment)
	for i := len(s.Environments) - 1; i >= 0; i-- {
		layers = append(layers, s.Environments[i])
	}
	return NewScopes(append(layers, s.Scripted.Collection, s.Collection, s.Scripted.Globals)...)
}

// Scopes is a template.Scope made of layers, the nearest first.
type Scopes struct {
	names []string
	found map[string][]template.Variable // nearest first
}

// NewScopes returns the scopes of the layers, the nearest first. A variable without a scope of its own in its Origin gets
// the layer's name.
func NewScopes(layers ...Layer) *Scopes {
	s := &Scopes{found: map[string][]template.Variable{}}
	for _, layer := range layers {
		s.add(layer)
	}
	return s
}

func (s *Scopes) add(layer Layer) {
	here := map[string]int{}
	for _, v := range layer.Vars {
		if v.Origin.Scope == "" {
			v.Origin.Scope = layer.Name
		}
		if i, ok := here[v.Name]; ok {
			s.found[v.Name][i] = v
			continue
		}
		if s.found[v.Name] == nil {
			s.names = append(s.names, v.Name)
		}
		here[v.Name] = len(s.found[v.Name])
		s.found[v.Name] = append(s.found[v.Name], v)
	}
}

// Lookup returns the nearest variable of that name.
func (s *Scopes) Lookup(name string) (template.Variable, bool) {
	if found := s.found[name]; len(found) > 0 {
		return found[0], true
	}
	return template.Variable{}, false
}

// Names returns every name once, nearest layers first.
func (s *Scopes) Names() []string { return s.names }

// All returns every variable of that name, the one in use first and then those that it hides.
func (s *Scopes) All(name string) []template.Variable { return s.found[name] }

// FlagsName is the name of the layer of the command line.
const FlagsName = "--var"

// ParseFlags reads the NAME=VALUE pairs of --var. Values may hold {{ }}.
func ParseFlags(pairs []string) (Layer, error) {
	layer := Layer{Name: FlagsName}
	for _, pair := range pairs {
		name, value, ok := strings.Cut(pair, "=")
		if !ok || strings.TrimSpace(name) == "" {
			return Layer{}, fmt.Errorf("--var %q is not NAME=VALUE", pair)
		}
		layer.Vars = append(layer.Vars, template.Variable{Name: strings.TrimSpace(name), Value: value})
	}
	return layer, nil
}
