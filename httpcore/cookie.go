package httpcore

import "strings"

// addCookies adds the Cookie header of the request's own cookies. A Cookie header of the user's stands alone, as in
// requests.
func (s *Session) addCookies(p *Prepared, own Fields) error {
	for _, cookie := range own {
		if err := checkCookie(cookie); err != nil {
			return err
		}
	}
	if _, given := p.Header("Cookie"); given || p.Request.leavesOut("Cookie") {
		return nil
	}
	pairs := make([]string, 0, len(own))
	for _, cookie := range own {
		pairs = append(pairs, cookie.Name+"="+cookie.Value)
	}
	if len(pairs) > 0 {
		p.insertHeader(Header{Field{"Cookie", strings.Join(pairs, "; ")}, SourceCookies})
	}
	return nil
}
