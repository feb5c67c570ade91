package httpcore

import "strings"

// Field is a name with a value: a header field, a query parameter, a cookie of a request.
type Field struct {
	Name  string
	Value string
}

// Fields is an ordered list of fields, in which a name may occur more than once. Order and case are kept as written.
// The methods compare names without regard to ASCII case, as RFC 9110 section 5.1 asks for header fields.
type Fields []Field

// Get returns the value of the first field with that name, and whether there is one.
func (f Fields) Get(name string) (string, bool) {
	for _, field := range f {
		if strings.EqualFold(field.Name, name) {
			return field.Value, true
		}
	}
	return "", false
}

// Has reports whether a field of that name is there.
func (f Fields) Has(name string) bool {
	_, ok := f.Get(name)
	return ok
}

// Values returns the values of all fields with that name, in order.
func (f Fields) Values(name string) []string {
	var values []string
	for _, field := range f {
		if strings.EqualFold(field.Name, name) {
			values = append(values, field.Value)
		}
	}
	return values
}

// List splits the comma-separated members of every field with that name (RFC 9110 section 5.6.1), without empty ones.
// It is for fields whose members hold no quoted commas, such as Content-Encoding or Connection.
func (f Fields) List(name string) []string {
	var members []string
	for _, value := range f.Values(name) {
		for member := range strings.SplitSeq(value, ",") {
			if member = strings.TrimSpace(member); member != "" {
				members = append(members, member)
			}
		}
	}
	return members
}

// Set gives the first field of that name the value and removes the others; a new name is put last.
func (f *Fields) Set(name, value string) {
	for i, field := range *f {
		if strings.EqualFold(field.Name, name) {
			(*f)[i].Value = value
			rest := (*f)[i+1:]
			rest.Del(name)
			*f = (*f)[:i+1+len(rest)]
			return
		}
	}
	f.Add(name, value)
}

// Add puts a field last.
func (f *Fields) Add(name, value string) { *f = append(*f, Field{name, value}) }

// Del removes every field of that name.
func (f *Fields) Del(name string) {
	kept := (*f)[:0]
	for _, field := range *f {
		if !strings.EqualFold(field.Name, name) {
			kept = append(kept, field)
		}
	}
	*f = kept
}

// Clone returns a copy that shares nothing with f.
func (f Fields) Clone() Fields { return append(Fields(nil), f...) }
