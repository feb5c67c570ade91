package document

import (
	"embed"
	"fmt"
	"sync"

	"github.com/alecthomas/chroma/v2"

	"parley/httpcore/content"
)

// lexerFiles are definitions of github.com/alecthomas/chroma, under the MIT
// licence in lexers/COPYING. The package that registers all of them is not
// imported because it costs every start 20 ms.
//
//go:embed lexers/*.xml lexers/COPYING
var lexerFiles embed.FS

var lexerNames = map[content.Kind]string{
	content.CSS:        "CSS",
	content.JavaScript: "JavaScript",
	content.YAML:       "YAML",
	content.GraphQL:    "GraphQL",
}

// lexers is read once, on first use. Lexers hand parts to
// others by name, so all share a registry.
var lexers = sync.OnceValues(func() (*chroma.LexerRegistry, error) {
	registry := chroma.NewLexerRegistry()
	for _, name := range []string{"css", "javascript", "yaml", "graphql"} {
		lexer, err := chroma.NewXMLLexer(lexerFiles, "lexers/"+name+".xml")
		if err != nil {
			return nil, fmt.Errorf("document: lexer %s: %w", name, err)
		}
		registry.Register(lexer)
	}
	return registry, nil
})

// lexerFor returns the lexer of a kind, nil if it has none.
func lexerFor(kind content.Kind) (chroma.Lexer, error) {
	name, ok := lexerNames[kind]
	if !ok {
		return nil, nil
	}
	registry, err := lexers()
	if err != nil {
		return nil, err
	}
	return registry.Get(name), nil
}

// roleOfToken maps a lexer's token type to a role.
func roleOfToken(kind content.Kind, t chroma.TokenType) Role {
	switch {
	case t == chroma.NameTag && kind == content.YAML,
		t == chroma.NameProperty,
		t == chroma.Keyword && kind == content.CSS: // a property's name
		return Key
	case t == chroma.NameTag:
		return Tag
	case t == chroma.NameAttribute:
		return Attribute
	case t == chroma.KeywordConstant:
		return Literal
	case t.InCategory(chroma.Comment):
		return Comment
	case t.InCategory(chroma.Keyword):
		return Keyword
	case t.InSubCategory(chroma.LiteralNumber), t == chroma.LiteralDate:
		return Number
	case t.InSubCategory(chroma.LiteralString):
		return String
	case t.InCategory(chroma.Operator), t.InCategory(chroma.Punctuation):
		return Punctuation
	case t.InCategory(chroma.Name) && t != chroma.Name && t != chroma.NameOther:
		return Name
	}
	return Plain
}
