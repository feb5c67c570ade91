package auth

import (
	"context"
	"errors"
	"time"

	"parley/httpcore"
)

// waiter waits for a duration, or until ctx ends, and then returns an error.
type waiter func(ctx context.Context, d time.Duration) error

func waitForTimer(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return canceled(ctx)
	}
}

// deviceReply is what a device authorization endpoint gives (RFC 8628 section 3.2).
type deviceReply struct {
	Device   string  `json:"device_code"`
	User     string  `json:"user_code"`
	Page     string  `json:"verification_uri"`
	OldPage  string  `json:"verification_url"` // of drafts, and of Google
	FullPage string  `json:"verification_uri_complete"`
	Life     seconds `json:"expires_in"`
	Interval seconds
}

const (
	deviceGrantType = "urn:ietf:params:oauth:grant-type:device_code"
	// The interval between two polls when the server says none, and by how much slow_down raises it (RFC 8628 section 3.5).
	usualInterval = 5 * time.Second
	slowDown      = 5 * time.Second
	// shortestInterval keeps a server from making us run in circles; an interval is in whole seconds.
	shortestInterval = time.Second
	// longestPairing bounds how long is polled for a server that tells no end.
	longestPairing = 30 * time.Minute
)

// pairDevice is the device authorization grant (RFC 8628): a person types a code in on any device, while we ask whether
// that has happened.
func (a *oauth2Authorizer) pairDevice(ctx context.Context, via httpcore.Requester) (*tokenReply, error) {
	var d deviceReply
	if err := a.post(ctx, via, a.value("device_url"), a.asked(), &d); err != nil {
		return nil, err
	}
	if d.Page == "" {
		d.Page = d.OldPage
	}
	if d.Device == "" || d.User == "" || d.Page == "" {
		return nil, authError(a.oauth2, "got no code to type in from "+shown(a.value("device_url")), "is that the device authorization endpoint?")
	}
	notice := "Open " + d.Page + " and enter the code " + d.User
	if d.FullPage != "" {
		notice += "\nor open " + d.FullPage
	}
	via.Notice(notice)
	return a.poll(ctx, via, d)
}

// poll asks for the token until the user has decided or the code has expired.
func (a *oauth2Authorizer) poll(ctx context.Context, via httpcore.Requester, d deviceReply) (*tokenReply, error) {
	interval := min(max(time.Duration(d.Interval), shortestInterval), longestPairing)
	if d.Interval == 0 {
		interval = usualInterval
	}
	life := longestPairing
	if d.Life > 0 {
		life = min(time.Duration(d.Life), longestPairing)
	}
	end := a.source.now().Add(life)
	for a.source.now().Before(end) {
		if err := a.wait(ctx, interval); err != nil {
			return nil, err
		}
		reply, err := a.askToken(ctx, via, httpcore.Fields{{Name: "grant_type", Value: deviceGrantType}, {Name: "device_code", Value: d.Device}})
		refused, isRefusal := errors.AsType[*refusal](err)
		switch {
		case isRefusal && refused.Code == "authorization_pending":
		case isRefusal && refused.Code == "slow_down":
			interval += slowDown
		case errors.Is(err, httpcore.KindConnectTimeout):
			interval *= 2 // RFC 8628 section 3.5
		default:
			return reply, err
		}
	}
	return nil, authError(a.oauth2, "waited in vain for the code "+d.User+" to be entered: it has expired", "send the request again for a new code")
}
