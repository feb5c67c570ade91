package script

import (
	"embed"

	"github.com/dop251/goja"
)

//go:embed js/*.js
var sources embed.FS

// programs are the parts of the environment of every script, compiled once.
type programs struct{ list []*goja.Program }

// newPrograms compiles them. They are a part of this program: one that does not compile is a fault of its own.
func newPrograms() *programs {
	p := &programs{}
	for _, name := range []string{"inspect.js", "expect.js", "crypto.js", "pm.js"} {
		text, err := sources.ReadFile("js/" + name)
		if err != nil {
			panic(err)
		}
		p.list = append(p.list, goja.MustCompile(ownPrefix+name, string(text), true))
	}
	return p
}

// ownPrefix begins the names of those parts in the stack of an error.
const ownPrefix = "parley:"
