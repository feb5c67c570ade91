package collections

import (
	"fmt"
	"path/filepath"
	"slices"

	"parley/collections/disk"
	"parley/collections/tomldoc"
)

// HookEvent is when a hook runs, and its key in [hooks].
type HookEvent string

// The events. Before a request is sent, after its response is there, and at each redirect and each retry between.
const (
	HookBefore   HookEvent = "before"
	HookAfter    HookEvent = "after"
	HookRedirect HookEvent = "redirect"
	HookRetry    HookEvent = "retry"
)

// HookEvents lists the events in the order of their keys.
func HookEvents() []HookEvent { return []HookEvent{HookBefore, HookAfter, HookRedirect, HookRetry} }

// Hooks is a [hooks] section: of each event the text of a script, or a table { file }.
type Hooks struct{ Before, After, Redirect, Retry Value }

// Of returns what the section has for an event.
func (h Hooks) Of(event HookEvent) Value { return *h.at(event) }

// With returns the section with another hook for an event; a Value that is not set takes it away.
func (h Hooks) With(event HookEvent, v Value) Hooks {
	*h.at(event) = v
	return h
}

func (h *Hooks) at(event HookEvent) *Value {
	switch event {
	case HookBefore:
		return &h.Before
	case HookAfter:
		return &h.After
	case HookRedirect:
		return &h.Redirect
	default:
		return &h.Retry
	}
}

// Hook is one script that a request runs.
type Hook struct {
	Event HookEvent
	// Value is the text of the script, or a table { file }.
	Value Value
}

// File returns the name of the hook's file, as it is written; the zero Value when the script stands in the section.
func (h Hook) File() Value { return h.Value.Get("file") }

// MaxHook bounds the text of a hook.
const MaxHook = 1 << 20

// Hook returns the text of a script. A file is relative to the one that names it, which is the request's own when it names
// no place, and is not read when it is outside of the collection.
func (c *Collection) Hook(r *Request, h Hook) (string, error) {
	name := h.File()
	if !name.IsSet() {
		return h.Value.Text, nil
	}
	from := name.Pos.File
	if from == "" {
		from = r.File
	}
	file := c.Beside(from, name.Text)
	if !IsFlag(from) && c.fsys != nil {
		rel, err := filepath.Rel(c.Root, file)
		if err != nil || !filepath.IsLocal(rel) {
			return "", &OutsideError{File: name.Text, Target: file}
		}
		if err := c.inside(rel); err != nil {
			return "", err
		}
	}
	return c.readHook(file)
}

func (c *Collection) readHook(file string) (string, error) {
	if c.fsys == nil {
		return "", fmt.Errorf("%s is not read: there is no collection here", file)
	}
	data, err := disk.ReadRegular(c.fsys, file, MaxHook)
	return string(data), err
}

// hooks reads a [hooks] section.
func (d *decoder) hooks(v Value) Hooks {
	var h Hooks
	if v.Kind != tomldoc.Table {
		d.fault(v.Pos, `write [hooks] with before = '''…''' or before = { file = "sign.js" }`, "hooks must be a table, not %s", v.Kind)
		return h
	}
	for _, p := range v.Pairs {
		event := HookEvent(p.Key)
		if !slices.Contains(HookEvents(), event) {
			d.unknown(p, "[hooks]", []string{"before", "after", "redirect", "retry"})
			continue
		}
		if d.hook("hooks."+p.Key, p.Value) {
			*h.at(event) = p.Value
		}
	}
	return h
}

// hook checks one script.
func (d *decoder) hook(where string, v Value) bool {
	const advice = `write JavaScript in quotes, or { file = "sign.js" }`
	switch v.Kind {
	case tomldoc.String:
		return true
	case tomldoc.Table:
		var file Value
		d.fields(where, v, map[string]field{"file": {&file, aString}})
		if file.Text == "" {
			d.fault(v.Pos, advice, "%s has no file", where)
		}
		return file.Text != ""
	default:
		d.fault(v.Pos, advice, "%s must be a string or a table, not %s", where, v.Kind)
		return false
	}
}

// listHooks puts the hooks in the order in which they run: those of the collection, of its folders, of the request.
func (e *Effective) listHooks(own Hooks) {
	e.ownHooks, e.Hooks = own, nil
	for _, event := range HookEvents() {
		for _, f := range slices.Backward(e.outer) {
			e.addHook(event, f.Settings().Hooks.Of(event))
		}
		e.addHook(event, own.Of(event))
	}
}

func (e *Effective) addHook(event HookEvent, v Value) {
	if v.IsSet() {
		e.Hooks = append(e.Hooks, Hook{event, v})
	}
}

// layHooks puts hooks in the place of the request's own.
func (e *Effective) layHooks(o Hooks) {
	own := e.ownHooks
	for _, event := range HookEvents() {
		own = own.With(event, or(o.Of(event), own.Of(event)))
	}
	e.listHooks(own)
}
