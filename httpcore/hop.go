package httpcore

import (
	"context"
	"strconv"
	"strings"

	"parley/httpcore/body"
)

// maxRounds bounds how often the challenges of one hop are answered. NTLM needs two rounds, and a nonce may go stale once.
const maxRounds = 4

// hopRun sends the request of one hop until there is an outcome.
type hopRun struct {
	*run
	hop     *Hop
	repeats *repeats
	// base is the request without credentials, and as no hook has seen it yet.
	base *Prepared
	// stale says that a response has set cookies since.
	stale bool
	// rounds counts the challenges that were answered.
	rounds   int
	affinity uint64
}

// outcome sends a hop's request, and sends it again for as long as a challenge can be answered or Retry allows it. Every
// attempt is kept in the hop.
func (r *run) outcome(ctx context.Context, hop *Hop) (*Response, *Error) {
	h := &hopRun{run: r, hop: hop, base: hop.Prepared.bare(), repeats: newRepeats(&hop.Prepared.Options.Retry)}
	if auth := hop.Prepared.auth; auth != nil {
		h.affinity = auth.by.affinity(r.session)
		defer func() { auth.by.release(h.affinity) }()
	}
	var repeat *Repeat
	for {
		p, err := h.ready(ctx)
		hop.Prepared, r.exchange.Request = p, p.Request // with the secrets that authorise it
		if err != nil {
			return nil, r.explain(ctx, p, err)
		}
		response, failure := h.attempt(ctx, repeat)
		if repeat, err = h.repeat(ctx, response, failure); err != nil {
			return nil, r.explain(ctx, p, err)
		}
		if repeat == nil {
			return response, failure
		}
	}
}

// ready returns the request for the next attempt, also beside an error. Hooks, signatures and, for a repeat, the jar's
// cookies are made anew each time; what was prepared goes out as it is when there is nothing to add.
func (h *hopRun) ready(ctx context.Context) (*Prepared, error) {
	p := h.hop.Prepared
	first := len(h.hop.Attempts) == 0
	obtainer := p.obtainer()
	asIs := p.auth == nil || obtainer == nil && h.affinity == 0 && !p.auth.spent.Swap(true)
	if first && asIs && len(h.hooks.Before) == 0 {
		return p, nil
	}
	fresh := h.base.clone()
	fresh.auth, fresh.Affinity = p.auth, h.affinity
	fresh.Request = p.Request // which knows the secrets of the attempts before
	if h.stale = h.stale || !first && h.last().setCookies(); h.stale {
		if err := h.session.renewCookies(fresh); err != nil {
			return fresh, err
		}
	}
	if err := h.hooks.before(ctx, h.session, fresh); err != nil || p.auth == nil {
		return fresh, err
	}
	if first && obtainer != nil {
		if err := obtainer.Obtain(ctx, fresh, errand{h.run, fresh}); err != nil {
			return fresh, AsError(err, KindAuth)
		}
	}
	if err := fresh.authorizeAgain(ctx); err != nil {
		return fresh, err
	}
	return fresh, checkHeaders(fresh)
}

func (p *Prepared) obtainer() Obtainer {
	if p.auth == nil {
		return nil
	}
	obtainer, _ := p.auth.by.Authorizer.(Obtainer)
	return obtainer
}

// repeat decides whether the last attempt is to be made again, and waits until it is time to. It returns nil when the
// attempt stands as it is.
func (h *hopRun) repeat(ctx context.Context, response *Response, failure *Error) (*Repeat, error) {
	if failure != nil && (ctx.Err() != nil || h.last().Response != nil) {
		return nil, nil
	}
	repeat, err := h.answer(ctx, response)
	if repeat == nil && err == nil {
		repeat, err = h.retry(ctx, response, failure)
	}
	if repeat == nil || err != nil {
		return nil, err
	}
	if p := h.hop.Prepared; p.Body != nil && body.IsSpent(p.Body) {
		return nil, unrewindable("to send the request again")
	}
	return repeat, h.wait(ctx, repeat)
}

func (h *hopRun) last() *Attempt { return h.hop.Attempts[len(h.hop.Attempts)-1] }

// setCookies reports whether the response has something to say to the jar.
func (a *Attempt) setCookies() bool { return a.Response != nil && len(a.Response.Cookies) > 0 }

// answer asks the auth scheme whether it has an answer to what the server asks for.
func (h *hopRun) answer(ctx context.Context, response *Response) (*Repeat, error) {
	p := h.hop.Prepared
	if response == nil || p.auth == nil || h.rounds == maxRounds {
		return nil, nil
	}
	answerer, ok := p.auth.by.Authorizer.(Answerer)
	if !ok {
		return nil, nil
	}
	again, err := answerer.Answer(ctx, p, response, errand{h.run, p}, h.rounds+1)
	if err != nil {
		return nil, AsError(err, KindAuth)
	}
	if !again {
		return nil, nil
	}
	h.rounds++
	why := statusText(response)
	if scheme, err := h.session.scheme(p.Request.Auth.Type); err == nil && (response.Status == 401 || response.Status == 407) {
		why = "the server asks for " + scheme.Title() + " auth"
	}
	return &Repeat{Why: h.masked(why)}, nil
}

// retry asks Retry whether a failure is tried again.
func (h *hopRun) retry(ctx context.Context, response *Response, failure *Error) (*Repeat, error) {
	p := h.hop.Prepared
	repeat := &Repeat{}
	if failure != nil {
		if !h.repeats.afterError(p.Method, failure) {
			return nil, nil
		}
		repeat.Why = failure.Message
	} else {
		failed, again := h.repeats.afterResponse(p.Method, response)
		if !failed {
			return nil, nil
		}
		if !again {
			return nil, h.exhausted(response)
		}
		repeat.Why = h.masked(statusText(response))
	}
	var err error
	if repeat.Wait, repeat.Rule, err = h.repeats.wait(response, h.session.now(), h.session.random); err != nil {
		return nil, err
	}
	return repeat, h.hooks.retry(ctx, h.hop, repeat)
}

// exhausted is what requests calls a RetryError.
func (h *hopRun) exhausted(response *Response) *Error {
	return &Error{
		Kind:    KindRetry,
		Message: "too many " + strconv.Itoa(response.Status) + " error responses",
		Advice:  "the last of " + strconv.Itoa(len(h.hop.Attempts)) + " attempts is kept; try again later, or raise retry",
	}
}

// wait says that there will be another attempt, and returns when it is time for it or ctx ends.
func (h *hopRun) wait(ctx context.Context, repeat *Repeat) error {
	now := h.session.now()
	h.emit(Waiting{Hop: len(h.exchange.Hops) - 1, Attempt: len(h.hop.Attempts), Repeat: *repeat, Until: now.Add(repeat.Wait)})
	if repeat.Wait <= 0 {
		return ctx.Err()
	}
	select {
	case <-h.session.after(repeat.Wait):
		return ctx.Err()
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (h *hopRun) masked(text string) string {
	return NewMasker(h.hop.Prepared.Request.Secrets, Mark).String(text)
}

// statusText is the status with its reason phrase, as far as there is one.
func statusText(r *Response) string {
	return strings.TrimSpace(strconv.Itoa(r.Status) + " " + reasonOf(r))
}

func unrewindable(purpose string) *Error {
	return &Error{
		Kind:    KindUnrewindable,
		Message: "the body was sent once, and cannot be read again " + purpose,
		Advice:  "save it to a file and send that, or turn redirects and retries off",
	}
}
