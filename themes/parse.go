package themes

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2/unstable"
)

// FileError is a mistake in a theme file.
type FileError struct {
	File         string
	Line, Column int // from 1; columns count characters
	Message      string
	Advice       string
}

func (e *FileError) Error() string {
	return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Column, e.Message)
}

// Hint says what to try; it may be empty.
func (e *FileError) Hint() string { return e.Advice }

// Parse reads one theme; name is what it is called, file what errors call it.
func Parse(name, file string, data []byte) (Theme, error) {
	p := &parser{file: file, data: bytes.TrimPrefix(data, []byte("\ufeff")), palette: map[string]Color{}, lines: map[string]int{}}
	p.theme.Name, p.theme.Title = name, name
	if err := p.read(); err != nil {
		return Theme{}, err
	}
	for _, role := range required {
		if !p.given[role] {
			return Theme{}, &FileError{
				File: file, Line: 1, Column: 1, Message: "[base] has no " + role.Name(),
				Advice: "background, text and accent are needed, all else derives from them",
			}
		}
	}
	if !p.appearance {
		p.theme.Dark = p.theme.styles[Background].Bg.luminance() < 0.2
	}
	p.finish()
	return p.theme, nil
}

type parser struct {
	unstable.Parser

	file       string
	data       []byte
	table      string
	palette    map[string]Color
	lines      map[string]int // where a key was first given
	theme      Theme
	given      [NumRoles]bool
	plain      [NumRoles]bool // given as one colour
	appearance bool
}

func (p *parser) read() error {
	p.Reset(p.data)
	for p.NextExpression() {
		node := p.Expression()
		var err error
		switch node.Kind {
		case unstable.Table, unstable.ArrayTable:
			err = p.header(node)
		case unstable.KeyValue:
			err = p.entry(node)
		}
		if err != nil {
			return err
		}
	}
	if err := p.Error(); err != nil {
		return p.syntaxError(err)
	}
	return nil
}

// finish gives plain marks their text and fills in what the file left out. Marks wait until here because the text on
// them is one of two roles that may be given after them.
func (p *parser) finish() {
	for r := range NumRoles {
		if p.plain[r] && r.Kind() == KindMark {
			p.theme.styles[r] = p.theme.mark(p.theme.styles[r].Bg, 0)
		}
	}
	p.theme.complete(p.given)
}

func (p *parser) header(node *unstable.Node) error {
	name, at := p.key(node)
	tables := []string{"palette", groupBase, groupHTTP, groupSyntax}
	for _, t := range tables {
		if name == t {
			if node.Kind == unstable.ArrayTable {
				return p.fail(at, "["+name+"] is one table, not a list", "write it with single brackets")
			}
			p.table = t
			return p.once(at, "["+name+"]")
		}
	}
	return p.fail(at, fmt.Sprintf("unknown table [%s]", name), suggest(name, tables))
}

func (p *parser) entry(node *unstable.Node) error {
	name, at := p.key(node)
	if err := p.once(at, p.table+"."+name); err != nil {
		return err
	}
	switch p.table {
	case "":
		return p.about(name, at, node.Value())
	case "palette":
		c, err := p.color(at, node.Value())
		p.palette[name] = c
		return err
	}
	role, ok := roleNamed(p.table, name)
	if !ok {
		return p.fail(at, fmt.Sprintf("unknown role %s in [%s]", name, p.table), suggest(name, roleNames(p.table)))
	}
	return p.role(role, at, node.Value())
}

// about reads the keys above the first table.
func (p *parser) about(name string, at int, value *unstable.Node) error {
	if name != "name" && name != "appearance" {
		return p.fail(at, "unknown key "+name, suggest(name, []string{"name", "appearance"}))
	}
	if value.Kind != unstable.String {
		return p.fail(at, name+" is a string", "put it in quotes")
	}
	text := string(value.Data)
	if name == "name" {
		if strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r == 0x7f }) {
			return p.fail(at, "name holds control characters", "")
		}
		p.theme.Title = text
		return nil
	}
	if text != "dark" && text != "light" {
		return p.fail(at, fmt.Sprintf("appearance is %q", text), "write dark or light")
	}
	p.theme.Dark, p.appearance = text == "dark", true
	return nil
}

func (p *parser) role(role Role, at int, value *unstable.Node) error {
	p.given[role] = true
	if value.Kind == unstable.InlineTable {
		return p.style(role, at, value)
	}
	c, err := p.color(at, value)
	if err != nil {
		return err
	}
	p.plain[role] = true
	switch role.Kind() {
	case KindSurface, KindMark:
		p.theme.styles[role] = Style{Bg: c}
	default:
		p.theme.styles[role] = Style{Fg: c}
	}
	return nil
}

// style reads `{ fg = …, bg = …, bold = true }`.
func (p *parser) style(role Role, at int, table *unstable.Node) error {
	var style Style
	for it := table.Children(); it.Next(); {
		name, keyAt := p.key(it.Node())
		value := it.Node().Value()
		var err error
		switch name {
		case "fg":
			style.Fg, err = p.color(keyAt, value)
		case "bg":
			style.Bg, err = p.color(keyAt, value)
		default:
			err = p.attribute(&style, name, keyAt, value)
		}
		if err != nil {
			return err
		}
	}
	if missing := role.missing(style); missing != "" {
		return p.fail(at, role.Name()+" has no "+missing, "")
	}
	p.theme.styles[role] = style
	return nil
}

// missing names the colour that a role can't do without: other roles derive from it, and contrast is checked on it.
func (r Role) missing(style Style) string {
	kind := r.Kind()
	switch {
	case (kind == KindSurface || kind == KindMark) && !style.Bg.IsSet():
		return "bg"
	case kind != KindSurface && !style.Fg.IsSet():
		return "fg"
	}
	return ""
}

func (p *parser) attribute(style *Style, name string, at int, value *unstable.Node) error {
	known := []string{"fg", "bg"}
	for _, a := range attrNames {
		if a.name == name {
			if value.Kind != unstable.Bool {
				return p.fail(at, name+" is true or false", "")
			}
			if string(value.Data) == "true" {
				style.Attrs |= a.attr
			}
			return nil
		}
		known = append(known, a.name)
	}
	return p.fail(at, "unknown attribute "+name, suggest(name, known))
}

func (p *parser) color(at int, value *unstable.Node) (Color, error) {
	if value.Kind != unstable.String {
		return 0, p.fail(at, "a colour is a string", `write it as "#rrggbb" or as a name of [palette]`)
	}
	text := string(value.Data)
	if c, ok := p.palette[text]; ok {
		return c, nil
	}
	if value.Raw.Length > 0 {
		at = int(value.Raw.Offset)
	}
	c, err := ParseColor(text)
	if err == nil {
		return c, nil
	}
	if strings.HasPrefix(text, "#") || len(p.palette) == 0 {
		return 0, p.fail(at, err.Error(), "")
	}
	names := make([]string, 0, len(p.palette))
	for name := range p.palette {
		names = append(names, name)
	}
	return 0, p.fail(at, fmt.Sprintf("unknown colour %q", text), suggest(text, names))
}

// key returns a key as written, dots included, and where it stands.
func (p *parser) key(node *unstable.Node) (name string, at int) {
	var parts []string
	for it := node.Key(); it.Next(); {
		if parts == nil {
			at = int(it.Node().Raw.Offset)
		}
		parts = append(parts, string(it.Node().Data))
	}
	return strings.Join(parts, "."), at
}

// once refuses a second entry of the same name; the parser below leaves that to its callers.
func (p *parser) once(at int, key string) error {
	line, _ := p.position(at)
	if first, ok := p.lines[key]; ok {
		return p.fail(at, fmt.Sprintf("%s is given twice", strings.TrimPrefix(key, ".")), fmt.Sprintf("first in line %d", first))
	}
	p.lines[key] = line
	return nil
}

func (p *parser) fail(at int, message, hint string) error {
	line, column := p.position(at)
	return &FileError{File: p.file, Line: line, Column: column, Message: message, Advice: hint}
}

func (p *parser) position(at int) (line, column int) {
	before := p.data[:min(at, len(p.data))]
	start := bytes.LastIndexByte(before, '\n') + 1
	return bytes.Count(before, []byte("\n")) + 1, utf8.RuneCount(before[start:]) + 1
}

func (p *parser) syntaxError(err error) error {
	at := 0
	var parse *unstable.ParserError
	if errors.As(err, &parse) {
		at = int(p.Range(parse.Highlight).Offset)
	}
	return p.fail(at, "not TOML: "+err.Error(), "")
}
