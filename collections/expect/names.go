package expect

import (
	"maps"
	"slices"
)

// values are the names that stand for something by themselves, with what they mean.
var values = []struct{ name, means string }{
	{"status", "the code, such as 200"},
	{"reason", "the words after the code"},
	{"ok", "whether the code is below 400"},
	{"json", "the body as JSON"},
	{"body", "the body as text"},
	{"headers", `headers["Content-Type"]`},
	{"elapsed", "until the head was there, a duration"},
	{"timing", "how long each phase took"},
	{"url", "of the last hop"},
	{"redirects", "how many were followed"},
	{"proto", "such as HTTP/1.1"},
	{"tls", "the certificate and its connection"},
}

var valueNames = func() []string {
	names := make([]string, len(values))
	for i, v := range values {
		names[i] = v.name
	}
	return names
}()

// members are those of the values that have a fixed set of them.
var members = map[string][]string{
	"timing": {"total", "ttfb", "attempts", "queue", "dns", "connect", "tls", "send", "wait", "receive"},
	"tls": {
		"version", "cipher", "alpn", "server_name", "verified", "problem", "subject", "issuer", "names", "expires", "expires_in",
	},
}

func isValue(name string) bool { return slices.Contains(valueNames, name) }

const numberName = "number"

// function is one of Parley's, beside those of Expr.
type function struct {
	usage       string
	least, most int
	call        func(r *run, args []any) (any, error)
}

var functions = map[string]function{
	"jq":       {`jq(".items[0].id")`, 1, 1, selectBy("jq")},
	"jsonpath": {`jsonpath("$.items[0].id")`, 1, 1, selectBy("jsonpath")},
	"xpath":    {`xpath("//item/@id")`, 1, 1, selectBy("xpath")},
	"regex":    {`regex("id=(\\d+)") or regex("id=(\\d+)", text)`, 1, 2, regex},
	"cookie":   {`cookie("session")`, 1, 1, cookie},
	"headers":  {`headers("Set-Cookie")`, 1, 1, headerList},
	"schema":   {`schema("user.json")`, 1, 2, matchesSchema},
	"snapshot": {`snapshot("name")`, 1, 1, matchesSnapshot},
	numberName: {`number("12345678901234567890")`, 1, 1, numberOf},
}

func functionNames() []string { return slices.Sorted(maps.Keys(functions)) }
