package k6

import "strings"

// needing reads what has no default.
const needing = `
function needed(name) {
  if (__ENV[name] === undefined) throw new Error("give a value with -e " + name + "=VALUE");
  return __ENV[name];
}
`

// capturing begins an iteration of a script that hands values on.
const capturing = `  const captured = {};
  const take = (name, find) => {
    let value;
    try {
      value = find();
    } catch (e) {}
    if (value === undefined || value === null) throw new Error(name + " was not captured");
    captured[name] = value;
  };
  const got = (name) => {
    if (captured[name] === undefined) throw new Error(name + " was not captured");
    return typeof captured[name] === "object" ? JSON.stringify(captured[name]) : String(captured[name]);
  };

`

// helpers are functions that a script has when it calls them; a later one is not called by an earlier one.
var helpers = []struct{ call, text string }{
	{"holds(", `
// What cannot be asked of a response does not hold.
function holds(ask) {
  try {
    return ask() === true;
  } catch (e) {
    return false;
  }
}
`},
	{"query(", `
function query(url, pairs) {
  const [rest, fragment] = url.split("#", 2);
  return rest + (rest.includes("?") ? "&" : "?") + form(pairs) + (fragment === undefined ? "" : "#" + fragment);
}
`},
	{"form(", `
function form(pairs) {
  return pairs.map(([name, value]) => encodeURIComponent(name) + "=" + encodeURIComponent(value)).join("&");
}
`},
	{"header(", `
function header(response, name) {
  const found = Object.keys(response.headers).find((known) => known.toLowerCase() === name.toLowerCase());
  return found === undefined ? null : response.headers[found];
}
`},
	{"within(", `
function within(value, list) {
  return Array.isArray(list) ? list.some((item) => same(value, item)) : Object.keys(list).includes(value);
}
`},
	{"same(", `
function same(a, b) {
  if (a === undefined || a === null || b === undefined || b === null) return (a ?? null) === (b ?? null);
  if (typeof a !== "object" || typeof b !== "object") return a === b;
  const names = Object.keys(a);
  return Array.isArray(a) === Array.isArray(b) && names.length === Object.keys(b).length && names.every((n) => n in b && same(a[n], b[n]));
}
`},
	{"ordered(", `
function ordered(a, b, by) {
  if (typeof a !== typeof b || (typeof a !== "number" && typeof a !== "string")) throw new Error("no order");
  return by(a, b);
}
`},
	{"truth(", `
function truth(value) {
  if (typeof value !== "boolean") throw new Error("neither true nor false");
  return value;
}
`},
	{"text(", `
function text(value) {
  if (typeof value !== "string") throw new Error("no text");
  return value;
}
`},
	{"size(", `
function size(value) {
  return typeof value === "string" ? Array.from(value).length : Array.isArray(value) ? value.length : Object.keys(value).length;
}
`},
	{"cookie(", `
function cookie(response, name) {
  const found = response.cookies[name];
  return found && found.length ? found[found.length - 1].value : null;
}
`},
	{"regex(", `
function regex(text, pattern) {
  const found = text.match(pattern);
  return found === null ? null : (found.length > 1 ? found[1] : found[0]) ?? null;
}
`},
}

// helpersFor are the functions that code calls, and those that they call.
func helpersFor(code string) string {
	var out strings.Builder
	for _, h := range helpers {
		if strings.Contains(code+out.String(), h.call) {
			out.WriteString(h.text)
		}
	}
	return out.String()
}
