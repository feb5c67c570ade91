package schema

import "github.com/google/jsonschema-go/jsonschema"

func options() *jsonschema.Schema {
	return table("How a request is sent.",
		key("timeout", absent(either("How long to wait: one value for connect and read, or a table.",
			duration(""), table("", key("connect", duration("To have a connection, 10s by default.")),
				key("read", duration("Between two pieces of what comes, 30s by default.")),
				key("total", duration("For all of it; for ever by default.")))), "10s")),
		key("retry", retry()),
		key("redirects", absent(count("How many redirects to follow; false follows none."), 30)),
		key("fail", flag("Takes a status of 400 and above for an error.", false)),
		key("verify", absent(templated("Whether the server's certificate must be good: true, false, or a CA file or folder, relative to this file.",
			&jsonschema.Schema{Type: "boolean"}, &jsonschema.Schema{Type: "string"}), true)),
		key("cert", cert()),
		key("tls", table("Details of TLS.",
			key("min", choice("The oldest version that will do.", "1.0", "1.1", "1.2", "1.3")),
			key("server_name", text("The name to ask for and to check, in place of the URL's host.")),
			key("key_log", text("A file that the session's keys are written to, for Wireshark.")))),
		key("proxy", &jsonschema.Schema{
			Type: "string", Pattern: `^$|\{\{|^((?i:https?|socks5h?)://)?(.*@)?[^/:\s][^/\s]*(/.*)?$`,
			Description: "The proxy: http, https, socks5 or socks5h; \"\" for none; without the key, the environment's.",
			Examples:    []any{"http://user:password@proxy.test:3128", ""},
		}),
		key("http", absent(choice("The version of HTTP.", "auto", "1.1", "2", "2-prior-knowledge", "3"), "auto")),
		key("path", absent(choice("normal puts the path in order as browsers do; as-is sends the target exactly as it was typed.", "normal", "as-is"), "normal")),
		key("network", table("Where to connect to.",
			key("resolve", shared(entriesDef, "Addresses for HOST:PORT.")),
			key("unix", text("A unix socket to send through.", "/run/x.sock")),
			key("family", absent(choice("Which addresses to use.", "auto", "4", "6"), "auto")))),
		key("decode", absent(templated("Whether content codings are taken off, and how far.", &jsonschema.Schema{Type: "boolean"},
			table("", key("on", flag("Whether they are taken off.", true)),
				key("max_size", size("How large a body may become.")),
				key("max_expansion", templated("How many times its size a body may become.", &jsonschema.Schema{Type: "number"})))), true)),
		key("session", such(absent(text("The session to send in, by its name."), "default"), "admin")),
	)
}

func cert() *jsonschema.Schema {
	return either("A certificate of one's own: a PEM file with both, or a table.", &jsonschema.Schema{Type: "string"},
		table("", key("file", text("The certificate, PEM or PKCS#12, relative to this file.")),
			key("key", text("Its key, where that is a file by itself.")),
			key("password", text("The password of either."))))
}

func retry() *jsonschema.Schema {
	return absent(templated("How often to try again: a number, or a table.",
		&jsonschema.Schema{Type: "integer", Minimum: jsonschema.Ptr(0.0)}, &jsonschema.Schema{Enum: []any{false}},
		table("As urllib3.Retry has it.",
			key("total", count("How often in all.")),
			key("connect", count("When there is no connection.")),
			key("read", count("When a response does not come whole.")),
			key("redirect", count("How many redirects count as well.")),
			key("status", count("For the statuses of on_status.")),
			key("other", count("For anything else.")),
			key("on_status", such(templated("The statuses to try again for.", &jsonschema.Schema{
				Type: "array", Items: templated("", &jsonschema.Schema{Type: "integer", Minimum: jsonschema.Ptr(100.0), Maximum: jsonschema.Ptr(599.0)}),
			}), []any{429, 503})),
			key("methods", such(templated("The methods that may be sent again.", texts("")), []any{"GET", "PUT"})),
			key("backoff", duration("The first wait; each one after it is twice as long.", "1s")),
			key("max", duration("The longest wait.")),
			key("jitter", duration("What chance may add to a wait.")),
			key("after_default", duration("The longest wait that a server may ask for.", "60s")),
			key("respect_retry_after", flag("Whether to wait as long as Retry-After says.", true)),
		)), 0)
}

func size(about string) *jsonschema.Schema {
	return either(about, &jsonschema.Schema{Type: "integer"}, &jsonschema.Schema{Type: "string"})
}
