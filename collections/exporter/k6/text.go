package k6

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/parser"

	"parley/collections/resolve"
	"parley/collections/template"
)

// text is a string in JavaScript: literal parts and code that gives strings.
type text []part

type part struct {
	literal string
	code    string // "" in a literal part
}

func literal(s string) text { return text{{literal: s}} }

func code(s string) text { return text{{code: s}} }

// js writes the text as an expression.
func (t text) js() string {
	var terms []string
	pending := ""
	flush := func() {
		if pending != "" {
			terms = append(terms, quote(pending))
			pending = ""
		}
	}
	for _, p := range t {
		if p.code == "" {
			pending += p.literal
			continue
		}
		flush()
		terms = append(terms, p.code)
	}
	flush()
	if len(terms) == 0 {
		return `""`
	}
	return strings.Join(terms, " + ")
}

// argument is js as a part of a larger expression.
func (t text) argument() string {
	if js := t.js(); len(t) <= 1 {
		return js
	}
	return "(" + t.js() + ")"
}

// quote writes a string literal: what JSON writes is one.
func quote(s string) string {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	// A string is always written.
	_ = encoder.Encode(s)
	return strings.TrimSuffix(out.String(), "\n")
}

// member is how a member of an object is read.
func member(object, name string) string {
	if isIdentifier(name) {
		return object + "." + name
	}
	return object + "[" + quote(name) + "]"
}

// key is a name in an object literal.
func key(name string) string {
	if isIdentifier(name) {
		return name
	}
	return quote(name)
}

func isIdentifier(name string) bool {
	for i, r := range name {
		isLetter := r == '_' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		if !isLetter && (i == 0 || r < '0' || r > '9') {
			return false
		}
	}
	return name != "" && name != "__proto__"
}

// marked is a text in which marks become what they stand for.
func (w *step) marked(s string) text {
	var t text
	for {
		before, m, after, ok := nextMark(s)
		if before != "" || !ok {
			t = append(t, part{literal: before})
		}
		if !ok {
			return t
		}
		switch m.kind {
		case markSecret:
			t = append(t, part{code: w.script.secret(m.name)})
		case markCaptured:
			t = append(t, part{code: "got(" + quote(m.name) + ")"})
		default:
			name := environmentName("RESPONSE_" + m.name)
			w.lost("response("+quote(m.name)+")", "no request is sent for it; give the value with -e "+name+"=VALUE")
			t = append(t, part{code: w.script.needed(name)})
		}
		s = after
	}
}

// anew are the expressions that give another value each time, and what does so in JavaScript.
var anew = map[string]string{
	"uuid()":          "crypto.randomUUID()",
	"now()":           "new Date().toISOString()",
	"timestamp()":     "String(Math.floor(Date.now() / 1000))",
	`timestamp("s")`:  "String(Math.floor(Date.now() / 1000))",
	`timestamp('s')`:  "String(Math.floor(Date.now() / 1000))",
	`timestamp("ms")`: "String(Date.now())",
	`timestamp('ms')`: "String(Date.now())",
	"random()":        "String(Math.random())",
}

// value writes what a key of the file says. Its pieces are used if they give the text that is sent, else the text is.
func (w *step) value(v resolve.Value, sent string) text {
	pieces := pieceTexts(v)
	if strings.Join(pieces, "") != sent {
		return w.marked(sent)
	}
	var t text
	for i, piece := range v.Pieces {
		t = append(t, w.piece(v.Key, piece, pieces[i], w.changes(v.Key, i, piece.Value))...)
	}
	return t
}

// pieceTexts is what the pieces of a value are sent as: JSON without the line ends of its file.
func pieceTexts(v resolve.Value) []string {
	texts := make([]string, len(v.Pieces))
	for i, piece := range v.Pieces {
		texts[i] = piece.Value
		if !piece.IsCode && v.Key == "body.json" {
			texts[i] = strings.ReplaceAll(texts[i], "\r\n", "\n")
			if i == len(v.Pieces)-1 {
				texts[i] = strings.TrimSuffix(texts[i], "\n")
			}
		}
	}
	if len(texts) > 0 && v.Key == "url" {
		texts[0] = strings.TrimLeft(texts[0], " \t\r\n")
		texts[len(texts)-1] = strings.TrimRight(texts[len(texts)-1], " \t\r\n")
	}
	return texts
}

func (w *step) piece(key string, piece template.Piece, value string, varies bool) text {
	switch {
	case !piece.IsCode:
		return literal(value)
	case hasMark(value) && isWhole(value) && (piece.Origin != nil || keepsMarks(piece.Code)):
		return w.marked(value)
	case piece.Origin != nil && piece.Secret && isWhole(value):
		return code(w.script.secret(piece.Code))
	case piece.Origin != nil && isWhole(value) && w.makes(piece.Code, piece.Origin.Scope):
		return code(member("fresh", piece.Code))
	case piece.Origin != nil && isWhole(value):
		if varies {
			w.changed("{{"+piece.Code+"}}", "Parley makes it anew for each request, and the script has the value of now; -e sets it")
		}
		return code(w.script.variable(piece.Code, value))
	case anew[piece.Code] != "":
		return code(anew[piece.Code])
	case piece.Secret || slices.ContainsFunc(piece.Uses, isCaptured) || !isWhole(value):
		name := environmentName(w.Path + "_" + key)
		w.lost("{{"+piece.Code+"}}", "it is made from a value that the script must not hold; give the result with -e "+name+"=VALUE")
		return code(w.script.needed(name))
	case varies:
		w.changed("{{"+piece.Code+"}}", "Parley makes it anew for each request, and the script has the value of now")
	}
	return literal(value)
}

// makes reports whether a variable can be made anew in JavaScript, and has it made. Its file says how: as text around
// expressions that are known.
func (w *step) makes(name, scope string) bool {
	if slices.ContainsFunc(w.fresh, func(p pair) bool { return p.name == name }) {
		return true
	}
	source, ok := w.source(name, scope)
	if !ok {
		return false
	}
	var made text
	isFixed := true
	for _, p := range template.Parse(source, nil, func(string) bool { return false }).Parts {
		switch {
		case !p.IsCode:
			made = append(made, part{literal: source[p.Start:p.End]})
		case anew[p.Code] != "":
			made, isFixed = append(made, part{code: anew[p.Code]}), false
		default:
			return false
		}
	}
	if isFixed {
		return false
	}
	w.fresh = append(w.fresh, pair{name, made})
	return true
}

// source is what the file of a scope says of a variable.
func (w *step) source(name, scope string) (string, bool) {
	for _, s := range w.Effective.Scopes {
		for _, entry := range s.Vars {
			if entry.Name == name && s.Name == scope {
				return entry.Value.Text, true
			}
		}
	}
	return "", false
}

// writeFresh makes the variables of a request that are new each time. One that is set from outside is not.
func (w *step) writeFresh() {
	if len(w.fresh) == 0 {
		return
	}
	w.script.body.WriteString("    const fresh = {\n")
	for _, p := range w.fresh {
		fmt.Fprintf(&w.script.body, "      %s: %s ?? %s,\n", key(p.name), member("__ENV", p.name), p.value.argument())
	}
	w.script.body.WriteString("    };\n")
}

// keepsMarks reports whether an expression only puts values together, so that a mark in its value stands for what it means.
func keepsMarks(code string) bool {
	tree, err := parser.Parse(code)
	return err == nil && onlyJoins(tree.Node)
}

func onlyJoins(node ast.Node) bool {
	switch n := node.(type) {
	case *ast.StringNode, *ast.IdentifierNode:
		return true
	case *ast.BinaryNode:
		return (n.Operator == "+" || n.Operator == "??") && onlyJoins(n.Left) && onlyJoins(n.Right)
	case *ast.CallNode:
		callee, ok := n.Callee.(*ast.IdentifierNode)
		return ok && (callee.Value == "secret" || callee.Value == "response")
	default:
		return false
	}
}

func isCaptured(use template.Use) bool { return use.Origin.Scope == capturedScope }

// changes reports whether a piece had another value when the request was resolved once more.
func (w *step) changes(key string, piece int, value string) bool {
	if w.Again == nil {
		return false
	}
	for _, other := range w.Again.Values {
		if other.Key == key && piece < len(other.Pieces) && other.Pieces[piece].Value == value {
			return false
		}
	}
	return true
}

// environmentName makes a name that shells can set.
func environmentName(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		case r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
			return r
		default:
			return '_'
		}
	}, s)
}
