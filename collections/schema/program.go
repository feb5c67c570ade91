package schema

import "github.com/google/jsonschema-go/jsonschema"

// config is the person's own config.toml.
func config() *jsonschema.Schema {
	name := func(about string) *jsonschema.Schema {
		return &jsonschema.Schema{Type: "string", MinLength: jsonschema.Ptr(1), Description: about, Examples: []any{"nord", "catppuccin-latte"}}
	}
	aKey := func() *jsonschema.Schema { return text("A key.", "f5", "ctrl+s", "alt+enter") }
	s := table("",
		key("theme", either("The look: one for any background, or one for each.", name("The theme's name."), table("",
			key("dark", name("Where the terminal's background is dark.")),
			key("light", name("Where it is light."))))),
		key("keymap", absent(name("The keys that [keys] changes."), "default")),
		key("keys", named("Keys for commands: send = \"f5\", or a list; an empty list leaves the command without a key.",
			either("", aKey(), &jsonschema.Schema{Type: "array", Items: aKey()}, &jsonschema.Schema{Type: "object"}))),
		key("mouse", absent(&jsonschema.Schema{Type: "boolean", Description: "Whether the mouse works in the workbench."}, true)),
		key("linear", absent(&jsonschema.Schema{
			Type: "boolean", Description: "Whether the workbench is drawn for screen readers and slow lines: one column, no frames, no signs.",
		}, false)),
		key("reduced_motion", absent(&jsonschema.Schema{
			Type: "boolean", Description: "Whether nothing moves that only shows that time goes by.",
		}, false)),
		key("fps", absent(&jsonschema.Schema{
			Type: "integer", Minimum: jsonschema.Ptr(1.0), Maximum: jsonschema.Ptr(120.0), Description: "How many frames a second are drawn at most.",
		}, 60)),
		key("alerts", absent(&jsonschema.Schema{
			Enum: []any{"auto", "bell", "off"}, Description: "How the end of what took long is told to somebody who looks elsewhere.",
		}, "auto")))
	s.Title = "The config.toml of Parley"
	s.Properties["keymap"].Examples = []any{"default", "vim"}
	return s
}

// theme is a file of colours.
func theme(roles []Role) *jsonschema.Schema {
	const colour = `^(#[0-9a-fA-F]{3}|#[0-9a-fA-F]{6}|[^#].*)$`
	look := func() *jsonschema.Schema {
		one := func(about string) *jsonschema.Schema {
			return &jsonschema.Schema{Type: "string", Pattern: colour, Description: about, Examples: []any{"#7fb2f0", "blue"}}
		}
		attribute := func(about string) *jsonschema.Schema { return &jsonschema.Schema{Type: "boolean", Description: about} }
		return either("A colour, a name of [palette], or a table.", one(""), table("",
			key("fg", one("The colour of the text.")), key("bg", one("The colour behind it.")),
			key("bold", attribute("Bold.")), key("italic", attribute("Italic.")), key("underline", attribute("Underlined.")),
			key("reverse", attribute("Text and background changed over.")), key("faint", attribute("Faint.")),
			key("strike", attribute("Struck through."))))
	}
	group := func(about, name string) *jsonschema.Schema {
		var keys []pair
		for _, role := range roles {
			if role.Table == name {
				keys = append(keys, key(role.Name, look()))
			}
		}
		return table(about, keys...)
	}
	s := needs(table("",
		key("name", text("The name for people.", "Harbour")),
		key("appearance", &jsonschema.Schema{Enum: []any{"dark", "light"}, Description: "Which background it is for; without the key, what its own background is."}),
		key("palette", named("Names for colours.", &jsonschema.Schema{Type: "string", Pattern: colour})),
		key("base", needs(group("The screen. All that is not given derives from background, text and accent.", "base"), "background", "text", "accent")),
		key("http", group("Methods and statuses.", "http")),
		key("syntax", group("Bodies and templates.", "syntax")),
	), "base")
	s.Title = "A theme of Parley"
	return s
}
