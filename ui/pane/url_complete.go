package pane

import (
	"net/url"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"parley/collections"
	"parley/themes"
	"parley/ui/widget"
)

// Known is what a URL can be completed with.
type Known struct {
	URLs []KnownURL
	APIs []KnownAPI
	// Variables are those of every environment, the chosen one or not.
	Variables []collections.Entry
}

// KnownURL is a URL that was used before.
type KnownURL struct {
	URL, Method string
	// From says where it is known from: the path of a saved request, "history".
	From string
	// Saved says that the collection has it.
	Saved bool
}

// knownURLs are the candidates of URLs, in the order given, each once with its method, and the hosts they are on.
func knownURLs(known []KnownURL) (list, hosts []widget.Candidate) {
	seen, whole := map[KnownURL]bool{}, map[string]bool{}
	for _, k := range known {
		key := KnownURL{URL: k.URL, Method: k.Method}
		if k.URL == "" || seen[key] {
			continue
		}
		seen[key], whole[k.URL] = true, true
		host := hostPart(k.URL)
		list = append(list, widget.Candidate{
			Text: k.URL, Base: len(host), Lead: k.Method, LeadRole: themes.Method(k.Method), Kind: k.From,
		})
		if host != "" && !slices.ContainsFunc(hosts, func(c widget.Candidate) bool { return c.Text == host }) {
			hosts = append(hosts, widget.Candidate{Text: host, Kind: "host"})
		}
	}
	return list, slices.DeleteFunc(hosts, func(c widget.Candidate) bool { return whole[c.Text] })
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
	return widget.Candidates{From: 0, To: len(line), List: u.offers.list(line), Whole: hasPath(line)}
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
	return u.host.KnownURLs(func(known Known) tea.Cmd {
		if !u.focused {
			return nil
		}
		u.offers = newOffers(known, u.scope)
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

// Relearn asks anew what URLs there are, if that was asked for: there may be others now.
func (u *URL) Relearn() tea.Cmd {
	if !u.focused || !u.learned {
		return nil
	}
	u.learned = false
	return u.learn()
}

// completeByHand lists every way to go on. What is not known yet is listed as soon as it is.
func (u *URL) completeByHand() tea.Cmd {
	u.learned = false
	u.byHand = !u.input.Complete()
	return u.learn()
}
