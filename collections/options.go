package collections

// Options is an [options] section. What can be written in several shapes is taken apart here, so that each setting is
// inherited by itself: timeout = "10s" sets Timeout.Connect and Timeout.Read and leaves Total to an outer section.
// A Value that is not set says nothing.
type Options struct {
	Timeout   Timeout
	Redirects Value // an integer, or false: do not follow
	Fail      Value // boolean
	Verify    Value // boolean, or a CA file or folder, relative to the file that says it
	Cert      Cert
	TLS       TLS
	Proxy     Value // URL; "" for none
	HTTP      Value // "auto", "1.1", "2", "2-prior-knowledge", "3"
	Path      Value // "normal" or "as-is"
	Network   Network
	Decode    Decode
	Session   Value

	// Pending holds options that are kept but not used yet: retry and unknown ones.
	Pending []Pending
}

// Timeout holds durations as Go writes them ("1.5s"), numbers of seconds, or false to wait for ever.
type Timeout struct{ Connect, Read, Total Value }

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
