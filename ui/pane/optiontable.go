package pane

import (
	"parley/collections"
)

// optionTable lists the options in the order of the form.
func optionTable() []option {
	var table []option
	for _, part := range [][]option{timeoutOptions(), retryOptions(), tlsOptions(), wayOptions(), contentOptions()} {
		table = append(table, part...)
	}
	return table
}

func timeoutOptions() []option {
	return []option{
		{
			key: "timeout.connect", label: "Connect timeout", placeholder: "10s", help: "the longest that name, TCP and TLS may take together",
			get: func(o *collections.Options) *collections.Value { return &o.Timeout.Connect }, check: checkDuration,
		},
		{
			key: "timeout.read", label: "Read timeout", placeholder: "30s", help: "the longest gap between two pieces of the reply",
			get: func(o *collections.Options) *collections.Value { return &o.Timeout.Read }, check: checkDuration,
		},
		{
			key: "timeout.total", label: "Total timeout", placeholder: "none", help: "the longest that everything may take, redirects included",
			get: func(o *collections.Options) *collections.Value { return &o.Timeout.Total }, check: checkDuration,
		},
		{
			key: "redirects", label: "Redirects", placeholder: "30", help: "how many to follow; false follows none",
			get: func(o *collections.Options) *collections.Value { return &o.Redirects }, check: checkRedirects, write: scalar,
		},
		{
			key: "fail", label: "Fail on 4xx and 5xx", choices: yesNo, help: "makes such a status an error",
			get: func(o *collections.Options) *collections.Value { return &o.Fail }, write: scalar,
		},
	}
}

func retryOptions() []option {
	counter := func(key, label, help string, get func(*collections.Options) *collections.Value) option {
		return option{key: "retry." + key, label: label, placeholder: "as Retries", help: help, get: get, check: checkNumber, write: scalar}
	}
	wait := func(key, label, placeholder, help string, get func(*collections.Options) *collections.Value) option {
		return option{key: "retry." + key, label: label, placeholder: placeholder, help: help, get: get, check: checkDuration}
	}
	return []option{
		{
			key: "retry.total", label: "Retries", placeholder: "0", help: "how often to try again in all; the counters below bound each kind of failure",
			get: func(o *collections.Options) *collections.Value { return &o.Retry.Total }, check: checkNumber, write: scalar,
		},
		{
			key: "retry.on_status", label: "  on statuses", placeholder: "413, 429, 503 with Retry-After", help: "statuses that are tried again, such as 502, 503",
			get: func(o *collections.Options) *collections.Value { return &o.Retry.OnStatus }, check: checkStatuses, show: showList, write: listOf(scalar),
		},
		{
			key: "retry.methods", label: "  methods", placeholder: "GET HEAD PUT DELETE OPTIONS TRACE", help: "methods that may be sent twice; any allows all",
			get: func(o *collections.Options) *collections.Value { return &o.Retry.Methods }, show: showList, write: listOf(upper),
		},
		wait("backoff", "  backoff", "none", "the first wait, which doubles each time", func(o *collections.Options) *collections.Value { return &o.Retry.Backoff }),
		wait("max", "  longest wait", "120s", "no wait of the backoff is longer", func(o *collections.Options) *collections.Value { return &o.Retry.Max }),
		wait("jitter", "  jitter", "none", "up to this much is added to each wait by chance", func(o *collections.Options) *collections.Value { return &o.Retry.Jitter }),
		{
			key: "retry.respect_retry_after", label: "  heed Retry-After", choices: yesNo, help: "waits as long as the server asks for, at most a minute",
			get: func(o *collections.Options) *collections.Value { return &o.Retry.RespectRetryAfter }, write: scalar,
		},
		wait("after_default", "  without one", "the backoff", "the wait for a 429 or 503 that names none", func(o *collections.Options) *collections.Value { return &o.Retry.AfterDefault }),
		counter("connect", "  connect failures", "nothing was sent yet", func(o *collections.Options) *collections.Value { return &o.Retry.Connect }),
		counter("read", "  read failures", "the reply did not come or broke the rules", func(o *collections.Options) *collections.Value { return &o.Retry.Read }),
		counter("redirect", "  redirects", "redirects to follow, with those of Redirects", func(o *collections.Options) *collections.Value { return &o.Retry.Redirect }),
		counter("status", "  failed statuses", "statuses that are tried again", func(o *collections.Options) *collections.Value { return &o.Retry.Status }),
		counter("other", "  other failures", "of TLS and of proxies", func(o *collections.Options) *collections.Value { return &o.Retry.Other }),
	}
}

func tlsOptions() []option {
	return []option{
		{
			key: "verify", label: "Verify TLS", placeholder: "true", help: "false accepts any certificate; a path names a CA file or folder",
			get: func(o *collections.Options) *collections.Value { return &o.Verify }, write: scalar,
		},
		{
			key: "cert.file", label: "Client certificate", placeholder: "none", help: "a PEM or PKCS#12 file, relative to this request's",
			get: func(o *collections.Options) *collections.Value { return &o.Cert.File },
		},
		{
			key: "cert.key", label: "  its key", placeholder: "in the same file", help: "the PEM file of the key",
			get: func(o *collections.Options) *collections.Value { return &o.Cert.Key },
		},
		{
			key: "cert.password", label: "  its password", placeholder: "none", help: "opens an encrypted key or a PKCS#12 file; better a {{secret(\"name\")}}", secret: true,
			get: func(o *collections.Options) *collections.Value { return &o.Cert.Password },
		},
		{
			key: "tls.min", label: "TLS from", choices: []string{inherited, "1.0", "1.1", "1.2", "1.3"}, help: "the oldest version to accept",
			get: func(o *collections.Options) *collections.Value { return &o.TLS.Min },
		},
		{
			key: "tls.server_name", label: "Server name", placeholder: "the URL's host", help: "in SNI and in the check of the certificate",
			get: func(o *collections.Options) *collections.Value { return &o.TLS.ServerName },
		},
		{
			key: "tls.key_log", label: "Key log", placeholder: "none", help: "a file for session keys, with which Wireshark reads the traffic",
			get: func(o *collections.Options) *collections.Value { return &o.TLS.KeyLog },
		},
	}
}

func wayOptions() []option {
	return []option{
		{
			key: "proxy", label: "Proxy", placeholder: "the environment's", help: "http, https, socks5 or socks5h; none goes straight to the server",
			get: func(o *collections.Options) *collections.Value { return &o.Proxy }, check: checkProxy, show: showProxy, write: writeProxy,
		},
		{
			key: "http", label: "HTTP", choices: []string{inherited, "auto", "1.1", "2", "2-prior-knowledge", "3"}, help: "the version to speak",
			get: func(o *collections.Options) *collections.Value { return &o.HTTP },
		},
		{
			key: "path", label: "Path", choices: []string{inherited, "normal", "as-is"}, help: "as-is sends the target exactly as typed",
			get: func(o *collections.Options) *collections.Value { return &o.Path },
		},
		{
			key: "network.family", label: "Addresses", choices: []string{inherited, "auto", "4", "6"}, help: "IPv4 or IPv6 alone",
			get: func(o *collections.Options) *collections.Value { return &o.Network.Family },
		},
		{
			key: "network.unix", label: "Unix socket", placeholder: "none", help: "the path of a socket that every connection goes to",
			get: func(o *collections.Options) *collections.Value { return &o.Network.Unix },
		},
		{
			key: "network.resolve", label: "Fixed addresses", placeholder: "none", help: "api.example:443=127.0.0.1:8443, and more after a comma",
			entries: func(o *collections.Options) *[]collections.Entry { return &o.Network.Resolve }, check: checkPairs,
		},
		{
			key: "session", label: "Session", placeholder: "default", help: "the name of the session whose cookies and connections are used",
			get: func(o *collections.Options) *collections.Value { return &o.Session },
		},
	}
}

func contentOptions() []option {
	return []option{
		{
			key: "decode.on", label: "Decode content", choices: yesNo, help: "removes gzip, deflate, br and zstd",
			get: func(o *collections.Options) *collections.Value { return &o.Decode.On }, write: scalar,
		},
		{
			key: "decode.max_size", label: "  largest", placeholder: "no bound", help: "the decoded size at which to stop, such as 100MB",
			get: func(o *collections.Options) *collections.Value { return &o.Decode.MaxSize }, write: scalar,
		},
		{
			key: "decode.max_expansion", label: "  most expansion", placeholder: "what no honest body reaches", help: "decoded bytes for each received one at which to stop",
			get: func(o *collections.Options) *collections.Value { return &o.Decode.MaxExpansion }, check: checkNumber, write: scalar,
		},
	}
}

// requestKeys are not options, but keys of the request itself that are as short.
func requestKeys() []option {
	return []option{
		{
			key: "tags", label: "Tags", placeholder: "none", help: "words that run --tag selects by, such as smoke, slow",
			texts: func(q *collections.Request) *[]collections.Value { return &q.Tags },
		},
		{
			key: "when", label: "Run when", placeholder: "always", help: "an expression such as env != \"prod\"; a run skips the request where it is false",
			own: func(q *collections.Request) *collections.Value { return &q.When },
		},
		{
			key: "record", label: "Record", choices: []string{inherited, "true", "no-body", "false"}, help: "what history keeps of its exchanges",
			own: func(q *collections.Request) *collections.Value { return &q.Record }, write: scalar,
		},
	}
}
