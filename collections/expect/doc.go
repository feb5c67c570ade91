// Package expect takes values out of a response and checks what it must be: the [capture] and [expect] of a collection,
// in the Expr language (https://expr-lang.org).
//
//	Compile ──▶ Set ──Run(Exchange)──▶ Report
//	once per    all errors with        values captured, expectations met or not,
//	request     their places           each failure explained
//
// # What an expression can name
//
// Values are status, reason, ok (a status below 400), proto, url (of the last hop), redirects (how many were followed),
// elapsed (send to head), timing and tls with their members, body (the text), json (its tree) and headers.
// vars.NAME is the value of a variable as the request was resolved with it.
// headers["Name"] is the value under a name without regard to case, several joined by ", ", nil when there is none;
// headers("Name") lists them.
//
// Functions are jq, jsonpath and xpath (nil when nothing is selected; of several results a list; a JSONPath that can
// select several is always a list), regex(pattern) or regex(pattern, text) (its first group, else the match, or nil),
// cookie(name) that a response set, schema("user.json") or schema("user.json", value) (whether the body, or a value, is as a
// JSON Schema says, in a file beside the one that asks), snapshot("name") (whether the body means what is kept under that name
// of the request; what [compare] ignores does not count), number("…") and all that Expr brings along, duration("300ms") among it.
//
// # Numbers
//
// Comparisons are exact whatever the number of digits: 9007199254740993 is not 9007199254740992, and integers beyond 64
// bits and long decimals keep all they have.
//
// # Bounds
//
// An expression calculates for one second, loops included; a function that selects or checks has three, and one more for
// each MiB of the body. What needs a body as a whole (json, body, jq, xpath, regex) refuses one above 16 MiB; jsonpath reads
// a body of any size.
//
// # Files
//
// A Set opens no file and writes none: what it may read is handed to [Set.With] as a [Host], and bodies that are to be kept as
// snapshots are in the Report, with secrets masked.
//
// A Set never changes and may be used concurrently.
package expect
