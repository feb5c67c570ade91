package action

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Override gives an action other keys than the default ones; its twin and default keys are then free for others. An
// empty list takes all keys away. Where says where that was written, as in `config.toml:12`.
type Override struct {
	ID    ID
	Keys  []string
	Where string
}

// Keymap says which key does what. The zero Keymap knows no keys.
type Keymap struct {
	actions []Action
	preset  Preset
	keys    map[ID][]string
	bound   map[string][]bound
	starts  map[string][]start
}

// bound is one meaning of a key.
type bound struct {
	id    ID
	scope Scope
	place string // for people: "default", or where a person has written it
	where string // the latter alone
}

// start is a chord that begins with other keys.
type start struct {
	chord string
	bound bound
}

// NewKeymap applies a person's own keys to the default preset.
func NewKeymap(overrides ...Override) (Keymap, error) { return Default().Keymap(overrides...) }

// Keymap applies a person's own keys to the preset. The error joins every mistake: an unknown action, a key that
// does not exist or can't be told from another, a key that text needs, and clashes, with both places.
func (p Preset) Keymap(overrides ...Override) (Keymap, error) {
	k := Keymap{actions: All(), preset: p, keys: map[ID][]string{}, bound: map[string][]bound{}, starts: map[string][]start{}}
	own, errs := k.check(overrides)
	for _, a := range k.actions {
		keys, place, where := a.defaults(), "default", ""
		if of, ok := p.of(a.ID); ok {
			place = "preset " + p.Name
			a.Keys = of.Keys
			keys = a.defaults()
			a.Extra = append(slices.Clone(a.Extra), of.Extra...)
		}
		if o, ok := own[a.ID]; ok {
			keys, place, where = o.Keys, o.Where, o.Where
		}
		for _, key := range keys {
			errs = append(errs, k.bind(key, bound{a.ID, a.scope(key), place, where})...)
		}
		for _, extra := range a.Extra {
			errs = append(errs, k.bind(extra.Key, bound{a.ID, extra.Where, "default", ""})...)
		}
	}
	return k, errors.Join(errs...)
}

// Preset is what the keymap was made from.
func (k Keymap) Preset() Preset { return k.preset }

// scope is where a key of the action works. One that begins with what types a character works outside text only; a chord
// that types nothing works in text, too.
func (a Action) scope(key string) Scope {
	switch {
	case a.Where == Everywhere && writes(key):
		return OutsideText
	case a.Where == OutsideText && strings.Contains(key, " ") && !writes(key):
		return Everywhere
	}
	return a.Where
}

// defaults are an action's keys and the twin.
func (a Action) defaults() []string {
	if a.Twin == "" {
		return a.Keys
	}
	return append(slices.Clone(a.Keys), Prefix+" "+a.Twin)
}

// check sorts the overrides by action, their keys spelled as they arrive.
func (k *Keymap) check(overrides []Override) (own map[ID]Override, errs []error) {
	own = map[ID]Override{}
	for _, o := range overrides {
		action, ok := k.Action(o.ID)
		if !ok {
			errs = append(errs, mistake(o.Where, "no command is called %q (%s)", o.ID, suggest(string(o.ID), k.ids())))
			continue
		}
		if first, ok := own[o.ID]; ok {
			errs = append(errs, mistake(o.Where, "%s has its keys already in %s", o.ID, first.Where))
			continue
		}
		keys := make([]string, 0, len(o.Keys))
		for _, raw := range o.Keys {
			key, err := ParseKey(raw)
			if err == nil {
				err = usable(key, action.Where)
			}
			if err != nil {
				errs = append(errs, mistake(o.Where, "%s: %s", o.ID, err))
				continue
			}
			keys = append(keys, key)
		}
		if err := distinct(keys); err != nil {
			errs = append(errs, mistake(o.Where, "%s: %s", o.ID, err))
		}
		o.Keys = keys
		own[o.ID] = o
	}
	return own, errs
}

// usable refuses keys that must stay with others.
func usable(key string, where Scope) error {
	first := Strokes(key)[0]
	switch {
	case key == Prefix:
		return errors.New(Prefix + " starts chords and can't be a key by itself")
	case where == Everywhere, !together(where, InText):
		return nil
	case types(first):
		return fmt.Errorf("it works %s, where %s types a character", where, first)
	case writes(key):
		return fmt.Errorf("it works %s, where %s edits the text", where, first)
	}
	return nil
}

// distinct refuses an action whose every key is one that most terminals send as another.
func distinct(keys []string) error {
	for _, key := range keys {
		if indistinct[key] == "" {
			return nil
		}
	}
	if len(keys) == 0 {
		return nil
	}
	return fmt.Errorf("most terminals send %s as %s: add a key that all can send", keys[0], indistinct[keys[0]])
}

// bind gives key a meaning, unless it has another where both would be in force: the same key, or one that a chord begins
// with.
func (k *Keymap) bind(key string, b bound) (clashes []error) {
	if other, ok := inForce(k.bound[key], b.scope); ok {
		return []error{clash(other, b, "%s is the key of both %s (%s) and %s (%s)", key, other.id, other.place, b.id, b.place)}
	}
	for _, head := range heads(key) {
		if other, ok := inForce(k.bound[head], b.scope); ok {
			return []error{clash(other, b, "%s is the key of %s (%s) and starts %s of %s (%s)", head, other.id, other.place, key, b.id, b.place)}
		}
	}
	for _, longer := range k.starts[key] {
		if together(b.scope, longer.bound.scope) {
			other := longer.bound
			return []error{clash(other, b, "%s is the key of %s (%s) and starts %s of %s (%s)", key, b.id, b.place, longer.chord, other.id, other.place)}
		}
	}
	k.bound[key] = append(k.bound[key], b)
	for _, head := range heads(key) {
		k.starts[head] = append(k.starts[head], start{key, b})
	}
	if !slices.Contains(k.keys[b.id], key) {
		k.keys[b.id] = append(k.keys[b.id], key)
	}
	return nil
}

func inForce(list []bound, with Scope) (bound, bool) {
	i := slices.IndexFunc(list, func(b bound) bool { return together(b.scope, with) })
	if i < 0 {
		return bound{}, false
	}
	return list[i], true
}

// heads are what a chord begins with: of `g h i`, `g` and `g h`.
func heads(key string) []string {
	var list []string
	for i, r := range key {
		if r == ' ' {
			list = append(list, key[:i])
		}
	}
	return list
}

// Actions returns the whole table, in the order it is shown.
func (k Keymap) Actions() []Action { return slices.Clone(k.actions) }

// Action returns one row of the table.
func (k Keymap) Action(id ID) (Action, bool) {
	i := slices.IndexFunc(k.actions, func(a Action) bool { return a.ID == id })
	if i < 0 {
		return Action{}, false
	}
	return k.actions[i], true
}

// Lookup says what a key or a whole chord does in a context.
func (k Keymap) Lookup(key string, in Context) (ID, bool) {
	for _, b := range k.bound[key] {
		if in.Has(b.scope) {
			return b.id, true
		}
	}
	return "", false
}

// Begins reports whether keys are the beginning of a chord in a context.
func (k Keymap) Begins(keys string, in Context) bool {
	return slices.ContainsFunc(k.starts[keys], func(s start) bool { return in.Has(s.bound.scope) })
}

// Keys returns every key of an action, the best first.
func (k Keymap) Keys(id ID) []string { return slices.Clone(k.keys[id]) }

// Best returns the first key of an action that works, as the terminal delivers it and as bound in a context, or the
// empty string; a chord only where no single key does. A nil delivered takes every key to work.
func (k Keymap) Best(id ID, in Context, delivered func(key string) bool) string {
	best := ""
	for _, key := range k.keys[id] {
		chord := strings.Contains(key, " ")
		if chord && best != "" {
			continue
		}
		if found, ok := k.Lookup(key, in); ok && found == id && (delivered == nil || delivered(key)) {
			if !chord {
				return key
			}
			best = key
		}
	}
	return best
}

func (k Keymap) ids() []string {
	ids := make([]string, len(k.actions))
	for i, a := range k.actions {
		ids[i] = string(a.ID)
	}
	return ids
}
