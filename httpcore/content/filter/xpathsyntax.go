package filter

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// checkXPath parses an expression of XPath 1.0 for its errors alone: the
// library that evaluates it does not say where it could not go on, and leaves
// out what follows a whole expression. It also takes what that library has
// beyond XPath 1.0.
//
// The result is where each prefix of a name stands first.
func checkXPath(expression string) (prefixes map[string]int, err error) {
	c := &xpathChecker{text: expression, prefixes: map[string]int{}}
	defer func() {
		if failure := recover(); failure != nil {
			syntax, ok := failure.(*SyntaxError)
			if !ok {
				panic(failure)
			}
			err = syntax
		}
	}()
	c.next()
	c.expression()
	if c.kind != xEnd {
		c.fail("an operator or the end")
	}
	return c.prefixes, nil
}

// xpathKind is the kind of a token of XPath.
type xpathKind uint8

const (
	xEnd xpathKind = iota
	xName
	xNumber
	xLiteral
	xSymbol
)

// xpathChecker has read one token, which is text[start:at].
type xpathChecker struct {
	text      string
	start, at int
	kind      xpathKind
	depth     int
	prefixes  map[string]int
}

const maxXPathDepth = 200 // the library's

var (
	xpathSymbols = []string{"//", "..", "::", "!=", "<=", ">=", "/", ".", "@", "(", ")", "[", "]", ",", "|", "+", "-", "=", "<", ">", "*", "$"}
	xpathAxes    = []string{"ancestor", "ancestor-or-self", "attribute", "child", "descendant", "descendant-or-self", "following", "following-sibling", "namespace", "parent", "preceding", "preceding-sibling", "self"}
	xpathTypes   = []string{"comment", "node", "processing-instruction", "text"}
	xpathBinary  = []string{"|", "+", "-", "=", "!=", "<", "<=", ">", ">=", "*", "and", "or", "div", "mod"}
)

func (c *xpathChecker) token() string { return c.text[c.start:c.at] }

func (c *xpathChecker) is(symbol string) bool { return c.kind == xSymbol && c.token() == symbol }

func (c *xpathChecker) fail(expected string) {
	found := "found " + quoted(c.token())
	if c.kind == xEnd {
		found = "the expression ends"
	}
	c.failAt(c.start, fmt.Sprintf("expected %s, %s", expected, found))
}

func (c *xpathChecker) failAt(at int, msg string) { panic(&SyntaxError{at, msg}) }

// next reads a token.
func (c *xpathChecker) next() {
	c.at += len(c.text[c.at:]) - len(strings.TrimLeft(c.text[c.at:], " \t\r\n"))
	c.start = c.at
	rest := c.text[c.at:]
	switch {
	case rest == "":
		c.kind = xEnd
	case rest[0] == '"' || rest[0] == '\'':
		end := strings.IndexByte(rest[1:], rest[0])
		if end < 0 {
			c.failAt(c.start, "the string that begins here has no end")
		}
		c.kind, c.at = xLiteral, c.at+end+2
	case isDigit(rest[0]) || rest[0] == '.' && len(rest) > 1 && isDigit(rest[1]):
		c.kind, c.at = xNumber, c.at+numberLength(rest)
	case nameLength(rest) > 0:
		c.kind, c.at = xName, c.at+c.qualified(rest)
	default:
		c.symbol(rest)
	}
}

func (c *xpathChecker) symbol(rest string) {
	for _, symbol := range xpathSymbols {
		if strings.HasPrefix(rest, symbol) {
			c.kind, c.at = xSymbol, c.at+len(symbol)
			return
		}
	}
	_, n := utf8.DecodeRuneInString(rest)
	c.failAt(c.start, fmt.Sprintf("%s is no part of XPath", quoted(rest[:n])))
}

// qualified returns the length of a name with its prefix, and remembers that.
func (c *xpathChecker) qualified(rest string) int {
	n := nameLength(rest)
	after := rest[n:]
	if !strings.HasPrefix(after, ":") || strings.HasPrefix(after, "::") {
		return n
	}
	local := nameLength(after[1:])
	if strings.HasPrefix(after, ":*") {
		local = 1
	}
	if local == 0 {
		c.failAt(c.start+n+1, "expected a name after the prefix")
	}
	if _, seen := c.prefixes[rest[:n]]; !seen {
		c.prefixes[rest[:n]] = c.start
	}
	return n + 1 + local
}

// expression reads operands with operators between them. What binds tighter
// does not matter here.
func (c *xpathChecker) expression() {
	if c.depth++; c.depth > maxXPathDepth {
		c.failAt(c.start, fmt.Sprintf("the expression is nested more than %d deep", maxXPathDepth))
	}
	c.operand()
	for (c.kind == xSymbol || c.kind == xName) && slices.Contains(xpathBinary, c.token()) {
		c.next()
		c.operand()
	}
	c.depth--
}

func (c *xpathChecker) operand() {
	for c.is("-") {
		c.next()
	}
	switch {
	case c.is("/"):
		c.next()
		if c.startsStep() {
			c.path()
		}
	case c.is("//"):
		c.next()
		c.path()
	case c.primary():
		c.predicates()
		if c.is("/") || c.is("//") {
			c.next()
			c.path()
		}
	default:
		c.path()
	}
}

// primary reads what is no path, if that is what comes.
func (c *xpathChecker) primary() bool {
	switch {
	case c.kind == xLiteral || c.kind == xNumber:
		c.next()
	case c.is("("):
		c.inBrackets(")", c.expression)
	case c.is("$"):
		c.failAt(c.start, "there are no variables here")
	case c.kind == xName && c.isCall() && !slices.Contains(xpathTypes, c.token()):
		c.next()
		c.inBrackets(")", c.arguments)
	default:
		return false
	}
	return true
}

// isCall reports whether a bracket follows the name.
func (c *xpathChecker) isCall() bool {
	return strings.HasPrefix(strings.TrimLeft(c.text[c.at:], " \t\r\n"), "(")
}

func (c *xpathChecker) arguments() {
	if c.is(")") {
		return
	}
	c.expression()
	for c.is(",") {
		c.next()
		c.expression()
	}
}

// inBrackets reads from an opening bracket to the closing one.
func (c *xpathChecker) inBrackets(closing string, inner func()) {
	opening, at := c.token(), c.start
	c.next()
	inner()
	if !c.is(closing) {
		c.fail(fmt.Sprintf("%s for the %s at byte %d", closing, opening, at))
	}
	c.next()
}

func (c *xpathChecker) startsStep() bool {
	return c.kind == xName || c.is(".") || c.is("..") || c.is("@") || c.is("*")
}

func (c *xpathChecker) path() {
	c.step()
	for c.is("/") || c.is("//") {
		c.next()
		c.step()
	}
}

func (c *xpathChecker) step() {
	switch {
	case c.is(".") || c.is(".."):
		c.next()
	case c.is("("): // (a, b), which is not of XPath 1.0
		c.inBrackets(")", c.steps)
	default:
		c.axis()
		c.nodeTest()
	}
	c.predicates()
}

func (c *xpathChecker) steps() {
	c.step()
	for c.is(",") {
		c.next()
		c.step()
	}
}

func (c *xpathChecker) axis() {
	if c.is("@") {
		c.next()
		return
	}
	if c.kind != xName || !strings.HasPrefix(strings.TrimLeft(c.text[c.at:], " \t\r\n"), "::") {
		return
	}
	if !slices.Contains(xpathAxes, c.token()) {
		c.fail("an axis: " + strings.Join(xpathAxes, ", "))
	}
	c.next()
	c.next()
}

func (c *xpathChecker) nodeTest() {
	switch {
	case c.is("*"):
		c.next()
	case c.kind == xName && c.isCall() && c.token() == "processing-instruction":
		c.failAt(c.start, "processing instructions cannot be asked for")
	case c.kind == xName && c.isCall() && slices.Contains(xpathTypes, c.token()):
		c.next()
		c.inBrackets(")", func() {})
	case c.kind == xName:
		c.next()
	default:
		c.fail("a step such as name, @name, * or ..")
	}
}

func (c *xpathChecker) predicates() {
	for c.is("[") {
		c.inBrackets("]", c.expression)
	}
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func numberLength(text string) int {
	n := len(text) - len(strings.TrimLeft(text, "0123456789"))
	if n < len(text) && text[n] == '.' {
		n++
		n += len(text[n:]) - len(strings.TrimLeft(text[n:], "0123456789"))
	}
	return n
}

// nameLength is how long the name at the beginning of text is, 0 if none is there.
func nameLength(text string) int {
	for i, r := range text {
		inside := i > 0 && (r == '-' || r == '.' || unicode.IsDigit(r) || unicode.Is(unicode.M, r) || r == '\u00b7')
		if !inside && r != '_' && !unicode.IsLetter(r) {
			return i
		}
	}
	return len(text)
}
