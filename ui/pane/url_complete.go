package pane

import (
	"net/url"
	"strings"

	tea "charm.land/bubbletea/v2"

	"parley/ui/widget"
)

// KnownURL is a URL that was used before.
type KnownURL struct {
	URL, Method string
	// From says where it is known from: the path of a saved request, "history".
	From string
}

// KnownURLs makes what a URL can be completed with, in the order given, each once, and after them the hosts they are on.
func KnownURLs(known []KnownURL) []widget.Candidate {
	seen := map[string]bool{}
	var list, hosts []widget.Candidate
	for _, k := range known {
		if k.URL == "" || seen[k.URL] {
			continue
		}
		seen[k.URL] = true
		list = append(list, widget.Candidate{Text: k.URL, Detail: k.Method, Kind: k.From})
		if host := hostPart(k.URL); host != "" && !seen[host] {
			seen[host] = true
			hosts = append(hosts, widget.Candidate{Text: host, Kind: "host"})
		}
	}
	return append(list, hosts...)
}

// hostPart is a URL up to its path: scheme and host, or the variable that stands for them.
func hostPart(address string) string {
	if strings.HasPrefix(address, "{{") {
		if end := strings.Index(address, "}}"); end > 0 {
			return address[:end+2]
		}
		return ""
	}
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return ""
	}
	return u.Scheme + "://" + u.Host
}

// complete completes variables anywhere, and the whole of a URL at its end.
func (u *URL) complete(line string, cursor int) widget.Candidates {
	code := completeCode(line, cursor, u.scope)
	if len(code.List) > 0 || cursor != len(line) || strings.ContainsAny(line, " \t") || openBrackets(line) {
		return code
	}
	return widget.Candidates{From: 0, To: len(line), List: u.known, Whole: hasPath(line)}
}

func openBrackets(line string) bool {
	return strings.LastIndex(line, "{{") > strings.LastIndex(line, "}}")
}

// hasPath reports whether a URL has come to its path: it may well be meant as it is, and tab is to leave it alone.
func hasPath(line string) bool {
	if _, rest, ok := strings.Cut(line, "://"); ok {
		line = rest
	}
	host, path, ok := strings.Cut(line, "/")
	return ok && host != "" && path != ""
}

// learn asks what URLs there are, once after the bar got focus.
func (u *URL) learn() tea.Cmd {
	if u.learned {
		return nil
	}
	u.learned = true
	return u.host.KnownURLs(func(list []widget.Candidate) tea.Cmd {
		if !u.focused {
			return nil
		}
		u.known = list
		byHand := u.byHand
		u.byHand = false
		if !byHand {
			u.input.Offer()
		} else if !u.input.Complete() {
			return u.host.Notify(Notice{Level: Info, Text: "no URL that is known fits here"})
		}
		return nil
	})
}

// completeByHand lists every way to go on. What is not known yet is listed as soon as it is.
func (u *URL) completeByHand() tea.Cmd {
	u.learned = false
	u.byHand = !u.input.Complete()
	return u.learn()
}
