package httpcore

import (
	"net"
	"slices"
	"strings"

	"parley/httpcore/cookies"
)

// addCookies adds the Cookie header: those of the jar that a cookie of the request's does not replace, then the
// request's own. A Cookie header of the user's stands alone, as in requests.
func (s *Session) addCookies(p *Prepared, own Fields) error {
	for _, cookie := range own {
		if err := checkCookie(cookie); err != nil {
			return err
		}
	}
	if _, given := p.Header("Cookie"); given || p.Request.leavesOut("Cookie") {
		return nil
	}
	var pairs []string
	for _, cookie := range s.jarCookies(p) {
		if !slices.ContainsFunc(own, func(mine Field) bool { return mine.Name == cookie.Name }) {
			pairs = append(pairs, cookie.String())
		}
	}
	for _, cookie := range own {
		pairs = append(pairs, cookie.Name+"="+cookie.Value)
	}
	if len(pairs) > 0 {
		p.insertHeader(Header{Field{"Cookie", strings.Join(pairs, "; ")}, SourceCookies})
	}
	return nil
}

func (s *Session) jarCookies(p *Prepared) []cookies.Cookie {
	if p.Options.WithoutJar {
		return nil
	}
	return s.jar.Send(cookieTarget(p))
}

// cookieTarget is what the jar needs to know of a request. A Host header of the user's counts as the host, as in
// requests: that is the site the server believes to be.
func cookieTarget(p *Prepared) cookies.Target {
	host := p.URL.Hostname()
	for _, h := range p.Headers {
		if strings.EqualFold(h.Name, "Host") && h.Source == SourceRequest {
			host = hostOf(h.Value)
		}
	}
	return cookies.Target{Host: host, Path: p.URL.Path, Secure: p.URL.isSecure()}
}

// hostOf cuts the port and the brackets off.
func hostOf(authority string) string {
	if host, _, err := net.SplitHostPort(authority); err == nil {
		return host
	}
	return strings.Trim(authority, "[]")
}
