package ui

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"parley/collections"
	"parley/collections/check"
	"parley/collections/home"
	"parley/ui/action"
)

// CheckKeys tells what is wrong with the keys in config.toml: commands that there are not, keys that clash, each with both
// places, and keys that this terminal does not send. What else is wrong with the file is not its business.
func CheckKeys(place Place) []check.Finding {
	config, _ := home.Load(place.FS, place.Home.ConfigFile()) // what is right in it counts
	keymap, err := Keymap(config)
	if err != nil {
		return keyFaults(config, err)
	}
	swallowed := place.terminalKeys().load()[place.terminal()]
	var all []check.Finding
	for _, b := range config.Keys {
		at := placeOf(b.Where)
		for _, key := range keymap.Keys(action.ID(b.Action)) {
			if why := undelivered(key, swallowed, place.terminal()); why != "" {
				all = append(all, check.Finding{
					Pos: at, Severity: collections.Note, Message: b.Action + ": " + why,
					Advice: instead(keymap, action.ID(b.Action), swallowed),
				})
			}
		}
	}
	return all
}

// undelivered says why a key may not come; empty when it does.
func undelivered(key string, swallowed []string, terminal string) string {
	for _, stroke := range action.Strokes(key) {
		switch {
		case slices.Contains(swallowed, stroke):
			return fmt.Sprintf("%s does not send %s, as parley doctor has found out", terminal, stroke)
		case action.NeedsEnhancements(stroke):
			return fmt.Sprintf("only a terminal with the keyboard protocol of kitty sends %s", stroke)
		}
	}
	return ""
}

// instead names a key of the action that comes everywhere.
func instead(keymap action.Keymap, id action.ID, swallowed []string) string {
	for _, key := range keymap.Keys(id) {
		if undelivered(key, swallowed, "") == "" {
			return "press " + key
		}
	}
	return "give it one more key, such as a chord that begins with " + action.Prefix
}

// keyFaults gives each mistake its place in the file.
func keyFaults(config home.Config, err error) []check.Finding {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		var all []check.Finding
		for _, one := range joined.Unwrap() {
			all = append(all, keyFaults(config, one)...)
		}
		return all
	}
	where, advice := config.KeymapWhere, ""
	if wrong, ok := errors.AsType[*action.Mistake](err); ok {
		where, advice = wrong.Where, "Keymap in the palette lists every command with its keys"
	}
	return []check.Finding{{
		Severity: collections.Fault, Pos: placeOf(where), Message: strings.TrimPrefix(err.Error(), where+": "), Advice: advice,
	}}
}

// placeOf reads FILE:LINE:COLUMN. The name of a file may have colons of its own.
func placeOf(where string) (at collections.Pos) {
	at.File = where
	for _, number := range []*int{&at.Column, &at.Line} {
		i := strings.LastIndexByte(at.File, ':')
		n, err := strconv.Atoi(at.File[i+1:])
		if i < 0 || err != nil {
			return collections.Pos{File: where}
		}
		*number, at.File = n, at.File[:i]
	}
	return at
}
