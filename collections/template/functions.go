package template

import (
	"maps"
	"slices"
)

// function is one of Parley's functions.
type function struct {
	// usage shows how it is called, help says what for.
	usage, help string
	// least and most bound the number of arguments; most is -1 for no bound.
	least, most int
	call        func(e *evaluation, args []any) (any, error)
}

// functions is every function but those of fake.
var functions = map[string]function{
	"base64":    {"base64(text)", "Base64 (RFC 4648 section 4)", 1, 1, base64Of},
	"command":   {`command("line")`, "what a command prints, without the last line end", 1, 1, commandOutput},
	"env":       {`env("NAME", "default")`, "a variable of the process environment", 1, 2, environment},
	"file":      {`file("path")`, "the content of a file, relative to the one this stands in", 1, 1, fileContent},
	"hmac":      {`hmac("sha256", key, text, "hex")`, "a keyed hash (RFC 2104): md5, sha1, sha256, sha384, sha512; as hex, base64 or base64url", 3, 4, hmacOf},
	"now":       {"now()", "this moment, RFC 3339; now().Format(…) and now() + duration(\"1h\") work", 0, 0, now},
	"prompt":    {`prompt("label", "default")`, "asks a person", 1, 2, prompt},
	"random":    {"random(least, most)", "a whole number between both; random(list) picks one; random() is a fraction below 1", 0, 2, random},
	"repeat":    {"repeat(text, n)", "the text n times", 2, 2, repeat},
	"response":  {`response("path", 'expr', "5m")`, "a value of another request's response, which is sent first when it is older", 2, 3, response},
	"secret":    {`secret("name")`, "a secret, masked wherever it is shown or kept", 1, 1, secret},
	"select":    {`select("label", ["a", "b"])`, "lets a person choose", 2, 2, selectOne},
	"sha256":    {"sha256(text)", "SHA-256, in hex", 1, 1, sha256Of},
	"timestamp": {`timestamp("s")`, `seconds since 1970; "ms" for milliseconds`, 0, 1, timestamp},
	"urlencode": {"urlencode(text)", "percent-encoding of all but unreserved characters (RFC 3986)", 1, 1, urlencode},
	"uuid":      {"uuid()", "a random UUID (version 4)", 0, 0, newUUID},
}

// lookupFunction finds a function by its name; those of fake have a dot in theirs.
func lookupFunction(name string) (function, bool) {
	if f, ok := functions[name]; ok {
		return f, true
	}
	f, ok := fakes[name]
	f.usage = name + "()"
	return f, ok
}

// functionNames returns all names, sorted.
func functionNames() []string {
	names := slices.AppendSeq(slices.Collect(maps.Keys(functions)), maps.Keys(fakes))
	slices.Sort(names)
	return names
}

// stringArg returns an argument as text.
func stringArg(args []any, i int) (string, error) {
	if i >= len(args) {
		return "", nil
	}
	return print(args[i])
}

// unavailable is what a function says when the Host lacks what it needs.
func unavailable(why string) *Error {
	return &Error{Kind: KindUnavailable, Message: why}
}
