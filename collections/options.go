package collections

// Options is an [options] section. What can be written in several shapes is taken apart here, so that each setting is
// inherited by itself: timeout = "10s" sets Timeout.Connect and Timeout.Read and leaves Total to an outer section.
// A Value that is not set says nothing.
type Options struct {
	Timeout   Timeout
	Retry     Retry
	Redirects Value // an integer, or false: do not follow
	Fail      Value // boolean
	Verify    Value // boolean, or a CA file or folder, relative to the file that says it
	Cert      Cert
	TLS       TLS
	Proxy     Value // URL; "" for none, whatever the environment says
	HTTP      Value // "auto", "1.1", "2", "2-prior-knowledge", "3"
	Path      Value // "normal" or "as-is"
	Network   Network
	Decode    Decode
	Session   Value
}

// Timeout holds durations as Go writes them ("1.5s"), numbers of seconds, or false to wait for ever.
type Timeout struct{ Connect, Read, Total Value }

// Retry says which failures are tried again, with the counters of urllib3.Retry: an integer, or false for none. A plain
// number in the file is the Total. Retries are on where a counter or OnStatus is set; the others only tune them.
type Retry struct {
	Total, Connect, Read, Redirect, Status, Other Value

	OnStatus          Value // list of statuses
	Methods           Value // list of methods; an empty one allows any
	Backoff           Value // duration, as the next three: the first wait, which then doubles
	Max               Value // the longest wait
	Jitter            Value
	AfterDefault      Value // the wait for a 429 or 503 that names none
	RespectRetryAfter Value // boolean
}

// retryKeys are the keys of options.retry, in the order of fields.
var retryKeys = []string{
	"total", "connect", "read", "redirect", "status", "other", "on_status", "methods", "backoff", "max", "jitter",
	"after_default", "respect_retry_after",
}

// fields lists the values under retryKeys.
func (r *Retry) fields() []*Value {
	return []*Value{
		&r.Total, &r.Connect, &r.Read, &r.Redirect, &r.Status, &r.Other, &r.OnStatus, &r.Methods, &r.Backoff, &r.Max,
		&r.Jitter, &r.AfterDefault, &r.RespectRetryAfter,
	}
}

func (r Retry) values() []Value {
	list := make([]Value, len(retryKeys))
	for i, v := range r.fields() {
		list[i] = *v
	}
	return list
}

// Cert is the client certificate. It is inherited as a whole: a key never mixes with another's certificate.
type Cert struct{ File, Key, Password Value }

// TLS holds what is asked of TLS.
type TLS struct{ Min, ServerName, KeyLog Value }

// Network says how hosts are reached.
type Network struct {
	Resolve []Entry // host:port to address:port
	Unix    Value
	Family  Value // "auto", "4", "6"
}

// Decode says what is done with content codings.
type Decode struct {
	On           Value // boolean
	MaxSize      Value
	MaxExpansion Value
}
