package importer

import (
	"fmt"
	"strings"
)

// IsCurl reports whether a source begins with a curl command, behind comments, a prompt's `$` and assignments at most.
func IsCurl(source string) bool {
	for line := range strings.Lines(source) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		words := strings.Fields(strings.TrimPrefix(line, "$ "))
		for len(words) > 1 && strings.Contains(words[0], "=") && !strings.HasPrefix(words[0], "-") {
			words = words[1:]
		}
		return len(words) > 0 && isCurlName(words[0])
	}
	return false
}

// isCurlName takes curl, curl.exe and paths to them.
func isCurlName(word string) bool {
	if i := strings.LastIndexAny(word, `/\`); i >= 0 {
		word = word[i+1:]
	}
	return word == "curl" || strings.EqualFold(word, "curl.exe")
}

// Curl reads a curl command as a Bourne shell or, with its carets or backquotes, as Windows' command line or PowerShell
// would. It makes a request for each URL. Nothing is run: `$(…)` is an error. Nothing is read either: what stands in files
// that curl takes options, headers or credentials from is lost.
func Curl(source string) ([]Item, error) { return CurlWith(source, nil) }

// CurlWith is Curl for whoever sends the requests right away: what curl takes from files is taken from them.
func CurlWith(source string, files Files) ([]Item, error) {
	lines, err := parseLines(source)
	if err != nil {
		return nil, err
	}
	var items []Item
	for _, l := range lines {
		more, err := l.items(files)
		if err != nil {
			return nil, err
		}
		items = append(items, more...)
	}
	return items, nil
}

// items makes the requests of one command.
func (l line) items(files Files) ([]Item, error) {
	operations, err := parseOptions(l.args, files)
	if err != nil {
		return nil, err
	}
	var items []Item
	for _, o := range operations {
		if len(o.urls) == 0 {
			return nil, &SourceError{Message: "the curl command names no URL", Advice: "add the URL to fetch"}
		}
		o.input = l.input
		targets, err := o.targets()
		if err != nil {
			return nil, err
		}
		uploads, err := o.uploads()
		if err != nil {
			return nil, err
		}
		for _, o.upload = range uploads {
			for _, target := range targets {
				item := o.item(target)
				item.Notes = append(item.Notes, l.notes...)
				items = append(items, item)
			}
		}
	}
	return items, nil
}

// uploads are the files to send, each to every URL; one that is empty means none.
func (o *operation) uploads() ([]string, error) {
	if o.globOff || !strings.ContainsAny(o.upload, "[{") {
		return []string{o.upload}, nil
	}
	return expandGlob(o.upload)
}

// targets are the URLs with their ranges and lists written out.
func (o *operation) targets() ([]string, error) {
	if o.globOff {
		return o.urls, nil
	}
	var targets []string
	for _, url := range o.urls {
		expanded, err := expandGlob(url)
		if err != nil {
			return nil, err
		}
		targets = append(targets, expanded...)
	}
	return targets, nil
}

// line is a command line that was split into arguments.
type line struct {
	args  []string
	input *input
	notes []Note
}

// input is what a shell's redirection puts on standard input.
type input struct {
	text string // of a here-document or a here-string
	file string // of `< file`
}

func parseLines(source string) ([]line, error) {
	if isWindows(source) {
		args := windowsArguments(source)
		if !isCurlName(args[0]) {
			return nil, sourceError("there is no curl command in it")
		}
		return []line{{args: args[1:]}}, nil
	}
	if isPowerShell(source) {
		source = fromPowerShell(source)
	}
	return parseShell(source)
}

func sourceError(format string, args ...any) *SourceError {
	return &SourceError{
		Message: fmt.Sprintf(format, args...),
		Advice:  "paste the whole command as a shell takes it",
	}
}
