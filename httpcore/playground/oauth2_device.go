package playground

import (
	"crypto/rand"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// pendingDevice waits for a person to type its code in.
type pendingDevice struct {
	user, client, scope string
	expires             time.Time
	// approveAfter is after how many polls it is approved without a person; negative for never.
	approveAfter int
	polls        int
	denied       bool
}

// pairDevice is the device authorization endpoint (RFC 8628 section 3.1).
func (s *authServer) pairDevice(w http.ResponseWriter, r *http.Request) {
	p := paramsOf(r)
	approveAfter := p.number("approve_after", -1, 0, 1000)
	interval := p.number("interval", 1, 0, 60)
	life := p.number("expires", 300, 1, 3600)
	if !p.ok(w) || !parseSmallForm(w, r) {
		return
	}
	client, ok := oauthClient(w, r)
	if !ok {
		return
	}
	letters := rand.Text()
	device := newTokenText()
	pending := &pendingDevice{
		user: letters[:4] + "-" + letters[4:8], client: client, scope: r.PostForm.Get("scope"),
		expires: time.Now().Add(time.Duration(life) * time.Second), approveAfter: approveAfter,
	}
	s.mu.Lock()
	keep(s.devices, device, pending)
	s.mu.Unlock()
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	page := scheme + "://" + r.Host + "/oauth2/device"
	answer(w, http.StatusOK, struct {
		Device   string `json:"device_code"`
		User     string `json:"user_code"`
		Page     string `json:"verification_uri"`
		FullPage string `json:"verification_uri_complete"`
		Expires  int    `json:"expires_in"`
		Interval int    `json:"interval"`
	}{device, pending.user, page, page + "?user_code=" + pending.user, life, interval})
}

// devicePage is where a person allows or denies a device.
func (s *authServer) devicePage(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	code := strings.ToUpper(strings.TrimSpace(query.Get("user_code")))
	if code == "" {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, indexHead+`<form><p><label>Code <input name="user_code" autofocus></label> <button>Go on</button></p></form></body></html>
`)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	var found *pendingDevice
	for _, d := range s.devices {
		if d.user == code {
			found = d
		}
	}
	switch approve := query.Get("approve"); {
	case found == nil:
		problem(w, http.StatusNotFound, "no device waits for this code")
	case approve == "":
		consentPage(w, r, "A device asks for access to "+oauthUser+"'s things as "+found.client+".")
	default:
		found.approveAfter, found.denied = 0, approve != "1"
		answer(w, http.StatusOK, map[string]bool{"approved": !found.denied})
	}
}

// devicePoll answers a device that asks whether it is allowed yet.
func (s *authServer) devicePoll(code, client string) (*granted, bool, *refused) {
	d, known := s.devices[code]
	switch {
	case !known || d.client != client:
		return nil, false, &refused{"invalid_grant", "the device code is unknown"}
	case time.Now().After(d.expires):
		delete(s.devices, code)
		return nil, false, &refused{"expired_token", "the code was not entered in time"}
	case d.denied:
		delete(s.devices, code)
		return nil, false, &refused{"access_denied", "the user said no"}
	case d.approveAfter < 0 || d.polls < d.approveAfter:
		d.polls++
		return nil, false, &refused{"authorization_pending", "the code was not entered yet"}
	}
	delete(s.devices, code)
	return &granted{client: client, user: oauthUser, scope: d.scope, family: &family{}}, true, nil
}
