package pane

import (
	"parley/httpcore"
	"parley/themes"
	"parley/ui/widget"
)

// edges puts the sides at the left of the upper edge, how it went at the right. Of that, what is not vital gives way to
// the sides.
func (r *Response) edges() edges {
	room := r.frame.width - 8
	status, more := r.status()
	titles := r.strip.measure(0, len(r.strip.titles)-1)
	if r.strip.at != sideExpect && r.checks.count() == "" { // a side with nothing to tell gives way to how long it took
		titles = r.strip.measure(0, sideExpect-1) + columnsOf(seeMore)
	}
	for left := room - titles - width(status); len(more) > 0 && width(more[:1]) <= left; more = more[1:] {
		left -= width(more[:1])
		status = append(status, more[0])
	}
	text := edges{title: r.strip.spans(room - width(status)), status: status}
	if r.label != "" {
		text.tell(Span{r.label, themes.Accent})
	}
	if r.origin != "" && !r.isExample() {
		r.tellMore(&text, []Span{{r.origin, themes.Info}})
	}
	return text
}

// isExample reports whether what is shown was kept under a name: nobody must take it for an answer that just came. It has
// no time, and took none.
func (r *Response) isExample() bool {
	return r.exchange != nil && r.exchange.Started.IsZero() && r.origin != ""
}

// originSpan tells in the upper edge what the exchange is.
func (r *Response) originSpan() Span { return Span{" · " + shown(r.origin, 28), themes.Info} }

// withoutResponse says what there is instead of a response.
func (r *Response) withoutResponse() []string {
	switch {
	case r.running != nil && (r.strip.at == sideSent || r.strip.at == sideExpect):
		return r.centred("Still running", "This is told when it has ended; esc stops it")
	case r.running != nil && r.running.Notice != "":
		inner, _ := r.frame.inside()
		return r.centred(append([]string{"Waiting for you"}, append(evenly(widget.Wrap(r.running.Notice, inner-4)), "esc stops it")...)...)
	case r.running != nil && r.running.Waiting != nil:
		return r.centred(RetryWords(*r.running)+" in "+countdown(r.running.Waiting.Until.Sub(r.now)), r.running.Waiting.Repeat.Why, "esc stops it")
	case r.running != nil:
		return r.centred("Waiting for the response", "esc stops it")
	case r.exchange != nil && r.exchange.Err != nil && r.exchange.Err.Kind == httpcore.KindCanceled:
		return r.centred(append([]string{"Stopped"}, withKey(r.keys.Send, "sends it again")...)...)
	case r.exchange != nil && r.exchange.Err != nil:
		return r.failure(r.exchange.Err)
	case len(r.empty) > 0:
		return r.centred(r.empty...)
	default:
		texts := []string{"Nothing was sent yet", "enter in the URL bar sends this request"}
		if r.keys.Send != "" {
			texts[1] = r.keys.Send + " or " + texts[1]
		}
		return r.centred(append(texts, withKey(r.keys.Tree, "goes to the collection")...)...)
	}
}

// withKey says what a key does; nothing where the keymap has none for it.
func withKey(key, does string) []string {
	if key == "" {
		return nil
	}
	return []string{key + " " + does}
}

// status tells how it went, and more about it, what matters most first.
func (r *Response) status() (vital, more []Span) {
	response := r.response()
	if response == nil {
		if r.exchange != nil && r.exchange.Err != nil {
			return []Span{{"✗ " + kindWord(r.exchange.Err.Kind), themes.Error}}, nil
		}
		return nil, nil
	}
	vital = []Span{{shown(statusText(response), 28), themes.Status(response.Status)}}
	if r.exchange != nil {
		if last := r.exchange.Last(); last.TLS != nil && !last.TLS.Verified {
			vital[0].Text += " "
			vital = append(vital, Span{" TLS not verified ", themes.Danger})
		}
		if r.exchange.Err != nil {
			vital = append(vital, Span{" ✗ " + kindWord(r.exchange.Err.Kind), themes.Error})
		}
		if met, of := r.checks.score(); met < of {
			vital = append(vital, r.checks.status()...)
		} else {
			more = append(more, r.checks.status()...)
		}
		if r.isExample() {
			vital = append(vital, r.originSpan())
		} else {
			more = append(more, Span{" · " + Duration(r.exchange.Total()), themes.Text})
		}
	}
	more = append(more, Span{" · " + Bytes(response.Body.Size()), themes.Text}, Span{" · " + response.Proto, themes.Muted})
	return vital, append(more, r.pastSpans()...)
}
