package pane

import (
	"fmt"
	"strings"

	"parley/collections"
	"parley/httpcore"
	"parley/themes"
	"parley/ui/widget"
)

// checkRows looks at the rows that are in use, and returns the complaints about them.
func checkRows(rows []widget.Entry, wrong func(row widget.Entry) (widget.Complaint, bool)) []widget.Complaint {
	var found []widget.Complaint
	for i, row := range rows {
		if row.Off || row.Fixed || row == (widget.Entry{}) {
			continue
		}
		if c, ok := wrong(row); ok {
			c.Line = i
			found = append(found, c)
		}
	}
	return found
}

func complaintOf(role themes.Role, column widget.Column, format string, args ...any) (widget.Complaint, bool) {
	return widget.Complaint{Role: role, Column: column, Text: fmt.Sprintf(format, args...)}, true
}

// unnamed complains about rows with a value and no name; what is what a row is.
func unnamed(what string) func([]widget.Entry) []widget.Complaint {
	return func(rows []widget.Entry) []widget.Complaint {
		return checkRows(rows, func(row widget.Entry) (c widget.Complaint, wrong bool) {
			if row.Name == "" {
				return complaintOf(themes.Warning, widget.ColumnName, "%s without a name is sent as =%s", what, short(row.Value))
			}
			return c, false
		})
	}
}

// short is the beginning of a text for a sentence.
func short(s string) string {
	const most = 24
	if runes := []rune(s[:min(len(s), 4*most+4)]); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return s
}

// repeated returns how often each name stands among the rows in use.
func repeated(rows []widget.Entry, key func(string) string) map[string]int {
	times := map[string]int{}
	for _, row := range rows {
		if !row.Off && !row.Fixed && row.Name != "" {
			times[key(row.Name)]++
		}
	}
	return times
}

func checkHeaders(rows []widget.Entry) []widget.Complaint {
	times := repeated(rows, strings.ToLower)
	return checkRows(rows, func(row widget.Entry) (c widget.Complaint, wrong bool) {
		bad, is := notToken(row.Name)
		switch {
		case row.Name == "":
			return complaintOf(themes.Error, widget.ColumnName, "a header needs a name")
		case is && bad == ":":
			return complaintOf(themes.Error, widget.ColumnName, "a header's name has no colon: it stands between name and value")
		case is:
			return complaintOf(themes.Error, widget.ColumnName, "a header's name cannot have %s in it", bad)
		case strings.ContainsAny(row.Value, "\r\n\x00"):
			return complaintOf(themes.Error, widget.ColumnValue, "a header's value cannot have a line break in it")
		case times[strings.ToLower(row.Name)] > 1:
			return complaintOf(themes.Warning, widget.ColumnName, "%s is here %s: each of them is sent", row.Name, timesWord(times[strings.ToLower(row.Name)]))
		default:
			return c, false
		}
	})
}

func timesWord(n int) string {
	if n == 2 {
		return "twice"
	}
	return fmt.Sprintf("%d times", n)
}

// notToken names the first character that the name of a header or cookie cannot have (RFC 9110, section 5.6.2). What stands
// in {{ }} is not known yet.
func notToken(name string) (bad string, is bool) {
	for _, c := range masked(name) {
		switch {
		case c == ' ':
			return "a blank", true
		case c < ' ' || c == 0x7f:
			return "a control character", true
		case c == ':':
			return ":", true
		case c >= 0x80 || strings.ContainsRune(`"(),/;<=>?@[\]{}`, c):
			return string(c), true
		}
	}
	return "", false
}

func checkCookies(rows []widget.Entry) []widget.Complaint {
	times := repeated(rows, strings.Clone)
	return checkRows(rows, func(row widget.Entry) (c widget.Complaint, wrong bool) {
		bad, is := notToken(row.Name)
		switch {
		case row.Name == "":
			return complaintOf(themes.Error, widget.ColumnName, "a cookie needs a name")
		case is:
			return complaintOf(themes.Warning, widget.ColumnName, "a cookie's name should not have %s in it", bad)
		case strings.ContainsAny(masked(row.Value), ";\r\n"):
			return complaintOf(themes.Error, widget.ColumnValue, "a cookie's value ends at a semicolon or line break")
		case times[row.Name] > 1:
			return complaintOf(themes.Warning, widget.ColumnName, "%s is here %s", row.Name, timesWord(times[row.Name]))
		default:
			return c, false
		}
	})
}

func checkVars(rows []widget.Entry) []widget.Complaint {
	times := repeated(rows, strings.Clone)
	return checkRows(rows, func(row widget.Entry) (c widget.Complaint, wrong bool) {
		switch {
		case row.Name == "":
			return complaintOf(themes.Error, widget.ColumnName, "a variable needs a name")
		case strings.Contains(row.Name, "{{") || strings.Contains(row.Name, "}}"):
			return complaintOf(themes.Error, widget.ColumnName, "a variable's name stands without its braces")
		case times[row.Name] > 1:
			return complaintOf(themes.Warning, widget.ColumnName, "%s is here %s", row.Name, timesWord(times[row.Name]))
		default:
			return c, false
		}
	})
}

// inPath names the places of the path that has no value yet.
const inPath = "named in the URL"

// wantedPlaces lists the places in the path of the URL that the request has no value for.
func wantedPlaces(q *collections.Request) []widget.Entry {
	var rows []widget.Entry
next:
	for _, name := range httpcore.PathPlaces(masked(q.URL.Text)) {
		for _, entry := range q.PathParams {
			if entry.Name == name && !entry.Off {
				continue next
			}
		}
		rows = append(rows, widget.Entry{Name: name, Place: inPath})
	}
	return rows
}

func checkPath(rows []widget.Entry, q *collections.Request) []widget.Complaint {
	named := map[string]bool{}
	for _, name := range httpcore.PathPlaces(masked(q.URL.Text)) {
		named[name] = true
	}
	times := repeated(rows, strings.Clone)
	return checkRows(rows, func(row widget.Entry) (c widget.Complaint, wrong bool) {
		switch {
		case row.Place != "" && row.Value == "":
			return complaintOf(themes.Warning, widget.ColumnValue, "the URL names :%s, which has no value yet", row.Name)
		case row.Name == "":
			return complaintOf(themes.Error, widget.ColumnName, "a path value needs the name that the URL has for it")
		case !named[row.Name]:
			return complaintOf(themes.Warning, widget.ColumnName, "the URL has no :%s and no {%s}", short(row.Name), short(row.Name))
		case times[row.Name] > 1:
			return complaintOf(themes.Warning, widget.ColumnName, "%s is here %s", row.Name, timesWord(times[row.Name]))
		default:
			return c, false
		}
	})
}
