package pane

import (
	"strings"

	"parley/collections"
	"parley/collections/template"
	"parley/themes"
	"parley/ui/widget"
)

// urlSpans colours the parts of a URL, and its variables by whether they are known.
func urlSpans(line string, scope template.Scope) []widget.Span {
	return overlay(partSpans(line), variableSpans(line, scope))
}

// partSpans tells scheme, host, path, query and fragment apart. The host has the weight of a title: it matters most.
func partSpans(line string) []widget.Span {
	var spans []widget.Span
	add := func(from, to int, role themes.Role) {
		if from < to {
			spans = append(spans, widget.Span{From: from, To: to, Role: role})
		}
	}
	at := 0
	if scheme := strings.Index(line, "://"); scheme >= 0 && !strings.ContainsAny(line[:scheme], "/?#{") {
		at = scheme + len("://")
		add(0, at, themes.Muted)
	}
	path := at + indexOutside(line[at:], "/?#")
	query := path + indexOutside(line[path:], "?#")
	fragment := query + indexOutside(line[query:], "#")
	add(at, path, themes.Title)
	for from := path; from < query; {
		to := min(query, from+1+indexOutside(line[min(query, from+1):query], "/"))
		role := themes.Text
		if from+1 < to && line[from+1] == ':' { // a parameter of the path
			role = themes.Variable
		}
		add(from, from+1, themes.Muted)
		add(from+1, to, role)
		from = to
	}
	for from := query; from < fragment; {
		to := min(fragment, from+1+indexOutside(line[min(fragment, from+1):fragment], "&"))
		equals := min(to, from+1+indexOutside(line[from+1:to], "="))
		add(from, from+1, themes.Muted)
		add(from+1, equals, themes.Key)
		add(equals, min(to, equals+1), themes.Muted)
		add(min(to, equals+1), to, themes.String)
		from = to
	}
	add(fragment, len(line), themes.Comment)
	return spans
}

// indexOutside is where one of the characters stands first that is not within {{ }}, else the length of s.
func indexOutside(s, characters string) int {
	for i := 0; i < len(s); i++ {
		if strings.HasPrefix(s[i:], "{{") {
			end := strings.Index(s[i:], "}}")
			if end < 0 {
				return len(s)
			}
			i += end + 1
			continue
		}
		if strings.IndexByte(characters, s[i]) >= 0 {
			return i
		}
	}
	return len(s)
}

// lead is what is meant before a URL that was typed without it: `https://`, `http://localhost`. It is shown before the text,
// and becomes part of it when the request is sent or saved.
func lead(line string) string {
	if first, _, _ := strings.Cut(line, " "); !collections.LooksLikeURL(first) {
		return "" // a command, or not yet a host
	}
	before, ok := strings.CutSuffix(collections.WithScheme(line, collections.LikelyScheme), line)
	if !ok {
		return ""
	}
	return before
}

// leave settles a URL that was typed. One that was not touched stays as its file has it.
func (u *URL) leave() {
	if u.settled != u.input.Version() {
		u.Settle()
	}
}

// Settle makes what is only meant part of the URL, before it is sent or saved: what is shown is what is kept.
func (u *URL) Settle() {
	text := strings.TrimSpace(u.input.Text())
	if text == "" || strings.Contains(text, " ") && lead(text) == "" {
		return
	}
	if whole := collections.WithScheme(text, collections.LikelyScheme); whole != u.input.Text() {
		u.changed(func() { u.input.Replace(0, len(u.input.Text()), whole) })
	}
	u.settled = u.input.Version()
}

// typedMethod makes a method that was typed before the URL the request's.
func (u *URL) typedMethod() {
	if method, rest, ok := takeMethod(u.input.Text()); ok && u.input.Offset() == len(method)+1 {
		u.setMethod(method)
		u.changed(func() { u.input.Replace(0, len(u.input.Text()), rest) })
	}
}

// takeMethod makes a method that was written before the URL the request's, and reports whether there was one.
func takeMethod(text string) (method, address string, ok bool) {
	method, address, ok = strings.Cut(strings.TrimLeft(text, " "), " ")
	if !ok || method != strings.ToUpper(method) || !collections.IsMethod(method) {
		return "", text, false
	}
	return method, strings.TrimLeft(address, " "), true
}
