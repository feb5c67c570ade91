package pane

import (
	"bytes"
	"encoding/json"
	"net/url"
	"regexp"
	"strings"

	"parley/collections"
	"parley/collections/importer"
	"parley/ui/widget"
)

// pasteMostRows bounds what a paste makes: a longer list belongs into a file.
const pasteMostRows = 5000

// pastedRows reads a text as a list of names and values, however it was copied: a curl command or its options, a JSON
// object, lines of `Header: value`, of `name=value` or of two columns, a query. What is no list has none.
//
// A curl command has several lists; list says which of them is meant.
func pastedRows(pasted string, list func(*collections.Request) []widget.Entry) []widget.Entry {
	pasted = strings.TrimSpace(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(pasted))
	var rows []widget.Entry
	switch {
	case pasted == "":
	case pasted[0] == '{' && !strings.HasPrefix(pasted, "{{"), pasted[0] == '[':
		rows = jsonRows(pasted)
	case importer.IsCurl(pasted):
		rows = curlRows(pasted, list)
	case pasted[0] == '-' && curlOption.MatchString(pasted):
		rows = curlRows("curl http://localhost "+pasted, list)
	case strings.Contains(pasted, "\n"):
		rows = lineRows(strings.Split(pasted, "\n"))
	default:
		if rows = queryRows(pasted); rows == nil {
			rows = lineRows([]string{pasted})
		}
	}
	if len(rows) > pasteMostRows {
		return nil
	}
	return rows
}

var curlOption = regexp.MustCompile(`^(-[HbdFA]|--(header|cookie|data|data-raw|data-urlencode|form|user-agent|referer))[ '"=$]`)

// curlRows reads a curl command.
func curlRows(command string, list func(*collections.Request) []widget.Entry) []widget.Entry {
	items, err := importer.Curl(command)
	if err != nil || len(items) == 0 {
		return nil
	}
	return list(items[0].Request)
}

// jsonRows reads a JSON object, of which a member that is a list becomes several rows, or the list of objects with name
// and value that other tools copy.
func jsonRows(pasted string) []widget.Entry {
	if pasted[0] == '[' {
		return namedRows(pasted)
	}
	decoder := json.NewDecoder(strings.NewReader(pasted))
	var rows []widget.Entry
	if _, err := decoder.Token(); err != nil {
		return nil
	}
	for decoder.More() {
		name, err := decoder.Token()
		var value json.RawMessage
		if err != nil || decoder.Decode(&value) != nil {
			return nil
		}
		text, _ := name.(string)
		for _, one := range jsonValues(value) {
			rows = append(rows, widget.Entry{Name: text, Value: one})
		}
	}
	if _, err := decoder.Token(); err != nil || decoder.More() {
		return nil
	}
	return rows
}

// jsonValues spells a value: a string as its text, a list of plain values as one each, and anything else as it is written.
func jsonValues(value json.RawMessage) []string {
	value = bytes.TrimSpace(value)
	if len(value) > 0 && value[0] == '[' {
		var items []json.RawMessage
		if json.Unmarshal(value, &items) == nil && len(items) > 0 {
			values := make([]string, len(items))
			for i, item := range items {
				if item[0] == '{' || item[0] == '[' {
					return []string{compacted(value)}
				}
				values[i] = jsonValues(item)[0]
			}
			return values
		}
	}
	if text, ok := unquoted(string(value)); ok {
		return []string{text}
	}
	if string(value) == "null" {
		return []string{""}
	}
	return []string{compacted(value)}
}

func compacted(value json.RawMessage) string {
	var b bytes.Buffer
	if json.Compact(&b, value) != nil {
		return string(value)
	}
	return b.String()
}

// namedRows reads [{"name": …, "value": …}], as HAR has it, or with "key" and "disabled", as Postman has it.
func namedRows(pasted string) []widget.Entry {
	var list []struct {
		Name, Key   *string
		Value       json.RawMessage
		Description string
		Disabled    bool
		Enabled     *bool
	}
	if json.Unmarshal([]byte(pasted), &list) != nil {
		return nil
	}
	var rows []widget.Entry
	for _, one := range list {
		row := widget.Entry{Off: one.Disabled || one.Enabled != nil && !*one.Enabled}
		switch {
		case one.Name != nil:
			row.Name = *one.Name
		case one.Key != nil:
			row.Name = *one.Key
		default:
			return nil
		}
		if len(one.Value) > 0 {
			row.Value = jsonValues(one.Value)[0]
		}
		row.Note, _, _ = strings.Cut(one.Description, "\n")
		rows = append(rows, row)
	}
	return rows
}

var (
	headLine  = regexp.MustCompile(`^([A-Z]+ \S+ HTTP/[0-9.]+|HTTP/[0-9.]+ [0-9]{3}.*)$`)
	looseLine = regexp.MustCompile(`^[^:="{}]*:( |$)`)
	fieldLine = regexp.MustCompile(`^(?:~|#|//)? *:?[!#$%&'*+.^_|0-9A-Za-z{}\x60-]+ *:([^/]|$)`)
)

// lineRows reads lines that are all written in one way, beside those that are empty or begin the head of a message. Of one
// line alone more is asked: it may be a time, a host and port, or Base64.
func lineRows(lines []string) []widget.Entry {
	var kept []string
	for i, line := range lines {
		if strings.TrimSpace(line) != "" && (i > 0 || !headLine.MatchString(line)) {
			kept = append(kept, strings.TrimSpace(line))
		}
	}
	all := func(is func(string) bool) bool {
		for _, line := range kept {
			if !is(line) {
				return false
			}
		}
		return len(kept) > 0
	}
	one := len(lines) == 1
	format := pairText
	switch {
	case all(func(line string) bool { return strings.Contains(line, "\t") }):
	case all(func(line string) bool {
		if one {
			return fieldLine.MatchString(line) && strings.Contains(line, ": ")
		}
		return fieldLine.MatchString(line) || looseLine.MatchString(line)
	}):
		format = headerText
	case all(func(line string) bool { return isPair(line, one) }):
	default:
		return nil
	}
	rows := make([]widget.Entry, len(kept))
	for i, line := range kept {
		rows[i] = format.readLine(line).Entry
		rows[i].Value = strings.TrimSpace(rows[i].Value)
	}
	return rows
}

// isPair reports whether a line is a name, an equals sign and a value; one line alone needs all three.
func isPair(line string, one bool) bool {
	name, value, ok := strings.Cut(line, "=")
	value = strings.Trim(value, "=")
	return ok && name != "" && !strings.ContainsAny(strings.TrimSpace(name), " \t:/?&") && (value != "" || !one)
}

// queryRows reads a query, with what stands before its question mark or without, decoded.
func queryRows(pasted string) []widget.Entry {
	before, query, marked := strings.Cut(pasted, "?")
	switch {
	case marked && (before == "" || strings.Contains(before, "://") || strings.HasPrefix(before, "/")):
		query, _, _ = strings.Cut(query, "#")
	case strings.Contains(pasted, "&") && strings.Contains(pasted, "="):
		query = pasted
	default:
		return nil
	}
	if query == "" || strings.ContainsAny(query, " \t\n") {
		return nil
	}
	var rows []widget.Entry
	for _, part := range queryParts(query) {
		if part != "" {
			name, value, _ := strings.Cut(part, "=")
			rows = append(rows, widget.Entry{Name: decoded(name), Value: decoded(value)})
		}
	}
	return rows
}

// decoded is a part of a query without its escapes; one that is wrong stays as it is.
func decoded(s string) string {
	if text, err := url.QueryUnescape(s); err == nil {
		return text
	}
	return s
}
