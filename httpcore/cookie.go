package httpcore

import (
	"net"
	"net/netip"
	"slices"
	"strings"

	"parley/httpcore/cookies"
)

// addCookies adds the Cookie header: those of the jar that a cookie of the request's does not replace, then the
// request's own. A Cookie header of the user's stands alone, as in requests. What becomes of each cookie that could
// concern the host is noted in p.Cookies.
func (s *Session) addCookies(p *Prepared, own Fields) error {
	for _, cookie := range own {
		if err := checkCookie(cookie); err != nil {
			return err
		}
	}
	target := cookieTarget(p)
	if !p.Options.WithoutJar {
		p.Cookies = s.jar.Explain(target)
	}
	for _, cookie := range own {
		p.Cookies = append(p.Cookies, cookies.Decision{
			Cookie: cookies.Cookie{Name: cookie.Name, Value: cookie.Value, Domain: target.Host, HostOnly: true, Path: "/"},
			Sent:   true, Reason: cookies.Own, Why: "the request brings it along",
		})
	}
	if why := p.cookieHeaderIsSettled(); why != "" {
		holdBack(p.Cookies, cookies.HeaderWins, why, func(cookies.Decision) bool { return true })
		return nil
	}
	holdBack(p.Cookies, cookies.Overridden, "the request brings a cookie of that name along", func(d cookies.Decision) bool {
		return d.Reason != cookies.Own && slices.ContainsFunc(own, func(mine Field) bool { return mine.Name == d.Cookie.Name })
	})
	var pairs []string
	for _, d := range p.Cookies {
		switch {
		case d.Reason == cookies.Own: // one without a name would otherwise lose its "="
			pairs = append(pairs, d.Cookie.Name+"="+d.Cookie.Value)
		case d.Sent:
			pairs = append(pairs, d.Cookie.String())
		}
	}
	if len(pairs) > 0 {
		p.insertHeader(Header{Field{"Cookie", strings.Join(pairs, "; ")}, SourceCookies})
	}
	return nil
}

// renewCookies gives p the cookies that the jar has by now: the response before a repeat may have set some.
func (s *Session) renewCookies(p *Prepared) error {
	var own Fields
	var left []cookies.Decision
	for _, d := range p.Cookies {
		switch {
		case d.Sent && d.Reason == cookies.Own:
			own = append(own, Field{d.Cookie.Name, d.Cookie.Value})
		case d.Reason == cookies.OtherSite:
			left = append(left, d)
		}
	}
	p.Headers = slices.DeleteFunc(p.Headers, func(h Header) bool { return h.Source == SourceCookies })
	p.Cookies = nil
	err := s.addCookies(p, own)
	p.Cookies = append(p.Cookies, left...)
	return err
}

// cookieHeaderIsSettled says why the request takes no cookies but what it says itself, or returns "".
func (p *Prepared) cookieHeaderIsSettled() string {
	if _, given := p.Header("Cookie"); given {
		return "the request's own Cookie header stands alone"
	}
	if p.Request.leavesOut("Cookie") {
		return "the request leaves the Cookie header out"
	}
	return ""
}

// holdBack changes the decisions to send the cookies that are meant.
func holdBack(decisions []cookies.Decision, reason cookies.Reason, why string, meant func(cookies.Decision) bool) {
	for i := range decisions {
		if d := &decisions[i]; d.Sent && meant(*d) {
			d.Sent, d.Reason, d.Why = false, reason, why
		}
	}
}

// leaveCookies notes that the request's own cookies do not go where a redirect leads.
func (p *Prepared) leaveCookies(own Fields, home string) {
	for _, cookie := range own {
		p.Cookies = append(p.Cookies, cookies.Decision{
			Cookie: cookies.Cookie{Name: cookie.Name, Value: cookie.Value, Domain: home, HostOnly: true, Path: "/"},
			Reason: cookies.OtherSite, Why: "the request's cookies belong to " + home,
		})
	}
}

// cookieTarget is what the jar needs to know of a request: the host that the URL names, as RFC 6265bis says. In requests
// a Host header of the user's counts instead, for any host; that would let a server be sent the cookies of any other site,
// and set some there. So it counts only where the URL is that of a machine of one's own, by its number: this is how a site
// is tried before it has a name.
func cookieTarget(p *Prepared) cookies.Target {
	host := p.URL.Hostname()
	if isNear(host) {
		for _, h := range p.Headers {
			if strings.EqualFold(h.Name, "Host") && h.Source == SourceRequest {
				host = hostOf(h.Value)
			}
		}
	}
	return cookies.Target{Host: host, Path: p.URL.Path, Secure: p.URL.isSecure()}
}

// isNear reports whether a host is this machine, or an address of a private network.
func isNear(host string) bool {
	address, err := netip.ParseAddr(host)
	if err != nil {
		return host == "localhost"
	}
	return address.IsLoopback() || address.IsPrivate() || address.IsLinkLocalUnicast()
}

// hostOf cuts the port and the brackets off.
func hostOf(authority string) string {
	if host, _, err := net.SplitHostPort(authority); err == nil {
		return host
	}
	return strings.Trim(authority, "[]")
}
