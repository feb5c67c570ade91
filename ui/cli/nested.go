package cli

import (
	"fmt"
	"strings"
)

// jsonValue is a JSON text that is being built: an object, a list, or text that stands as it was written.
type jsonValue struct {
	kind    jsonKind
	text    string
	names   []string
	members map[string]*jsonValue
	items   []*jsonValue
}

type jsonKind int

const (
	jsonNothing jsonKind = iota // what fills the places before an index
	jsonText
	jsonObject
	jsonList
)

// maxIndex bounds a list, so that `a[999999999]=x` does not fill the memory.
const maxIndex = 100_000

// set puts a text at the place that a nested key names (HTTPie's `a[b][0]=c`), and makes what is missing on the way.
func (v *jsonValue) set(key, text string) error {
	steps, err := parseSteps(key)
	if err != nil {
		return err
	}
	at := v
	for i, s := range steps {
		if err := at.become(s, key, steps[:i]); err != nil {
			return err
		}
		at = at.child(s)
	}
	at.kind, at.text, at.names, at.members, at.items = jsonText, text, nil, nil, nil
	return nil
}

// become makes v what s can be taken of.
func (v *jsonValue) become(s step, key string, path []step) error {
	wanted := jsonList
	if s.kind == stepName {
		wanted = jsonObject
	}
	switch v.kind {
	case wanted:
	case jsonNothing:
		v.kind = wanted
	default:
		return &UsageError{
			Message: fmt.Sprintf("%q cannot be set: %s is %s by another item", key, spell(path), v.kind),
			Advice:  "give each place one value",
		}
	}
	if s.kind == stepIndex && s.index > maxIndex {
		return &UsageError{Message: fmt.Sprintf("the index %d in %q is too large", s.index, key), Advice: fmt.Sprintf("the largest is %d", maxIndex)}
	}
	return nil
}

func (v *jsonValue) child(s step) *jsonValue {
	switch s.kind {
	case stepName:
		if v.members == nil {
			v.members = map[string]*jsonValue{}
		}
		child, ok := v.members[s.name]
		if !ok {
			child = &jsonValue{}
			v.members[s.name] = child
			v.names = append(v.names, s.name)
		}
		return child
	case stepIndex:
		for len(v.items) <= s.index {
			v.items = append(v.items, &jsonValue{})
		}
		return v.items[s.index]
	default:
		child := &jsonValue{}
		v.items = append(v.items, child)
		return child
	}
}

// String returns the JSON text, members in the order in which they were first named.
func (v *jsonValue) String() string {
	var out strings.Builder
	v.write(&out)
	return out.String()
}

func (v *jsonValue) write(out *strings.Builder) {
	switch v.kind {
	case jsonNothing:
		out.WriteString("null")
	case jsonText:
		out.WriteString(v.text)
	case jsonObject:
		for i, name := range v.names {
			out.WriteString([]string{"{", ", "}[min(i, 1)])
			out.WriteString(quoteJSON(name))
			out.WriteString(": ")
			v.members[name].write(out)
		}
		out.WriteByte('}')
	case jsonList:
		out.WriteByte('[')
		for i, child := range v.items {
			if i > 0 {
				out.WriteString(", ")
			}
			child.write(out)
		}
		out.WriteByte(']')
	}
}

func (k jsonKind) String() string {
	return [...]string{"nothing", "a value", "an object", "a list"}[k]
}
