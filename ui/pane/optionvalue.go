package pane

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"parley/collections"
	"parley/collections/tomldoc"
)

// scalar writes true, false and whole numbers as such, and anything else as a string.
func scalar(s string) collections.Value {
	if s == "true" || s == "false" {
		return tomldoc.Boolean(s == "true")
	}
	if n, err := strconv.ParseInt(s, 10, 64); err == nil {
		return tomldoc.Int(n)
	}
	return collections.Str(s)
}

func checkDuration(s string) error {
	if s == "" || strings.Contains(s, "{{") {
		return nil
	}
	_, err := collections.ParseDuration(s)
	return err
}

func checkRedirects(s string) error {
	if s == "" || s == "false" || strings.Contains(s, "{{") {
		return nil
	}
	if n, err := strconv.Atoi(s); err != nil || n < 0 {
		return errors.New("a number of redirects, or false")
	}
	return nil
}

func checkNumber(s string) error {
	if s == "" || s == "false" || strings.Contains(s, "{{") {
		return nil
	}
	if n, err := strconv.Atoi(s); err != nil || n < 0 {
		return errors.New("a number of times, or false for none")
	}
	return nil
}

func checkStatuses(s string) error {
	for _, word := range words(s) {
		if n, err := strconv.Atoi(word); (err != nil || n < 100 || n > 999) && !strings.Contains(word, "{{") {
			return errors.New("statuses such as 429, 503")
		}
	}
	return nil
}

// words are what stands between commas and blanks.
func words(s string) []string {
	return strings.FieldsFunc(s, func(c rune) bool { return c == ',' || c == ' ' })
}

// showList writes a list as one types it; an empty one is the word any.
func showList(v collections.Value) string {
	switch {
	case v.Kind != tomldoc.Array:
		return v.Text
	case len(v.Items) == 0:
		return "any"
	}
	texts := make([]string, len(v.Items))
	for i, item := range v.Items {
		texts[i] = item.Text
	}
	return strings.Join(texts, ", ")
}

// listOf reads a list, each word of it as each says.
func listOf(each func(string) collections.Value) func(string) collections.Value {
	return func(typed string) collections.Value {
		if strings.TrimSpace(typed) == "any" {
			return tomldoc.List()
		}
		var items []collections.Value
		for _, word := range words(typed) {
			items = append(items, each(word))
		}
		return tomldoc.List(items...)
	}
}

func upper(s string) collections.Value { return collections.Str(strings.ToUpper(s)) }

// noProxy is how one types that there is to be none: the empty field leaves the choice to others.
const noProxy = "none"

func showProxy(v collections.Value) string {
	if v.IsSet() && v.Text == "" {
		return noProxy
	}
	return v.Text
}

func writeProxy(typed string) collections.Value {
	if typed == noProxy {
		typed = ""
	}
	return collections.Str(typed)
}

var proxySchemes = []string{"http", "https", "socks5", "socks5h"}

func checkProxy(s string) error {
	if s == "" || s == noProxy || strings.Contains(s, "{{") {
		return nil
	}
	scheme, host, ok := strings.Cut(s, "://")
	if !ok || host == "" || !slices.Contains(proxySchemes, scheme) {
		return errors.New("http, https, socks5 or socks5h, such as http://proxy:3128; none for none")
	}
	return nil
}

// showPairs writes names and values as one types them.
func showPairs(entries []collections.Entry) string {
	texts := make([]string, len(entries))
	for i, e := range entries {
		texts[i] = e.Name + "=" + e.Value.Text
		if e.Off {
			texts[i] = "~" + texts[i]
		}
	}
	return strings.Join(texts, ", ")
}

// pairsOf reads them. One that keeps its name keeps its note; a name without a value is still being typed.
func pairsOf(typed string, before []collections.Entry) []collections.Entry {
	var entries []collections.Entry
	for _, word := range words(typed) {
		name, off := strings.CutPrefix(word, "~")
		name, value, _ := strings.Cut(name, "=")
		e := collections.Entry{}
		if at := slices.IndexFunc(before, func(b collections.Entry) bool { return b.Name == name }); at >= 0 {
			e = before[at]
		}
		e.Name, e.Off = name, off
		keepText(&e.Value, value)
		entries = append(entries, e)
	}
	return entries
}

func checkPairs(s string) error {
	for _, word := range words(s) {
		if name, value, ok := strings.Cut(word, "="); !ok || !strings.Contains(name, ":") || value == "" {
			return errors.New("host:port=address:port, such as api.example:443=127.0.0.1:8443")
		}
	}
	return nil
}

// tagsOf reads texts with commas between them.
func tagsOf(typed string) []collections.Value {
	var list []collections.Value
	for text := range strings.SplitSeq(typed, ",") {
		if text = strings.TrimSpace(text); text != "" {
			list = append(list, collections.Str(text))
		}
	}
	return list
}
