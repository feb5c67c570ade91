package importer

import (
	"fmt"
	"strconv"
	"strings"
)

// maxGlob bounds how many URLs one may stand for.
const maxGlob = 1000

// expandGlob writes out the lists `{a,b}` and the ranges `[1-3]`, `[01-10:2]` and `[a-z]` of a URL, the last one varying
// fastest, as curl does. What stands in backslashes stays with them.
func expandGlob(target string) ([]string, error) {
	expanded := []string{""}
	for target != "" {
		literal, choices, rest, err := nextGlob(target)
		if err != nil {
			return nil, err
		}
		if len(expanded)*max(len(choices), 1) > maxGlob {
			return nil, &SourceError{Message: fmt.Sprintf("the URL of the curl command stands for more than %d", maxGlob), Advice: "name fewer, or pass -g to send its brackets as they are"}
		}
		expanded = combine(expanded, literal, choices)
		target = rest
	}
	return expanded, nil
}

func combine(before []string, literal string, choices []string) []string {
	if choices == nil {
		choices = []string{""}
	}
	combined := make([]string, 0, len(before)*len(choices))
	for _, left := range before {
		for _, choice := range choices {
			combined = append(combined, left+literal+choice)
		}
	}
	return combined
}

// nextGlob splits a URL at its first list or range.
func nextGlob(target string) (literal string, choices []string, rest string, err error) {
	for i := 0; i < len(target); i++ {
		switch {
		case target[i] == '\\' && i+1 < len(target) && strings.IndexByte("{}[]", target[i+1]) >= 0:
			i++
		case target[i] == '{':
			inner, after, ok := strings.Cut(target[i+1:], "}")
			if !ok {
				return "", nil, "", globError(target[i:])
			}
			return target[:i], listed(inner), after, nil
		case target[i] == '[' && !isLiteralBracket(target, i):
			inner, after, ok := strings.Cut(target[i+1:], "]")
			if ok {
				choices, ok = ranged(inner)
			}
			if !ok {
				return "", nil, "", globError(target[i:])
			}
			return target[:i], choices, after, nil
		}
	}
	return target, nil, "", nil
}

// listed takes the elements of a list, the first of which may be named: `{<name>a,b}`.
func listed(inner string) []string {
	if strings.HasPrefix(inner, "<") {
		if _, after, ok := strings.Cut(inner, ">"); ok {
			inner = after
		}
	}
	return strings.Split(inner, ",")
}

// isLiteralBracket tells an IPv6 address and the empty brackets of a parameter's name from a range.
func isLiteralBracket(target string, at int) bool {
	inner, _, _ := strings.Cut(target[at+1:], "]")
	return inner == "" || strings.Count(inner, ":") > 1 && strings.HasSuffix(strings.TrimRight(target[:at], "/"), ":") || strings.HasSuffix(target[:at], "@")
}

// ranged writes a range out: numbers keep the width of the first one.
func ranged(inner string) (choices []string, ok bool) {
	inner, stepText, hasStep := strings.Cut(inner, ":")
	step := 1
	if hasStep {
		var err error
		if step, err = strconv.Atoi(stepText); err != nil || step < 1 {
			return nil, false
		}
	}
	from, to, ok := strings.Cut(inner, "-")
	if !ok || from == "" || to == "" {
		return nil, false
	}
	if len(from) == 1 && len(to) == 1 && isLetter(from[0]) && isLetter(to[0]) {
		return written(int(from[0]), int(to[0]), step, func(n int) string { return string(rune(n)) })
	}
	low, err := strconv.Atoi(from)
	high, err2 := strconv.Atoi(to)
	if err != nil || err2 != nil {
		return nil, false
	}
	width := 0
	if from[0] == '0' {
		width = len(from)
	}
	return written(low, high, step, func(n int) string { return fmt.Sprintf("%0*d", width, n) })
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// written writes out the numbers of a range; one that is longer than any URL may stand for is cut there, and refused later.
func written(low, high, step int, write func(int) string) (list []string, ok bool) {
	if low > high {
		return nil, false
	}
	count := min((high-low)/step, maxGlob) + 1
	for i := range count {
		list = append(list, write(low+i*step))
	}
	return list, true
}

func globError(at string) error {
	return &SourceError{Message: fmt.Sprintf("the URL of the curl command has a range or list that curl does not take, at %q", at), Advice: "-g sends the brackets as they are"}
}
