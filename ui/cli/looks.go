package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"parley/httpcore/body"
	"parley/ui/document"
)

// outputFlags say where a result goes and how it looks.
type outputFlags struct {
	file   string
	pretty string
	color  string
	// charset is what the content of a response is read as when it is shown; empty for what it says or seems to be.
	charset string
}

func (f *outputFlags) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVarP(&f.file, "output", "o", "", "`FILE` to write the body to; - is standard output")
	flags.StringVar(&f.pretty, "pretty", "", "`HOW` to print: all, colors, format or none; on a terminal all, else none")
	flags.StringVar(&f.color, "color", "auto", "`WHEN` to use colours: auto, always or never")
	flags.StringVar(&f.charset, "response-charset", "", "`CHARSET` to read the response as, whatever it says, where it is shown as text")
	fixed := func(words ...string) cobra.CompletionFunc {
		return cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp)
	}
	for flag, words := range map[string]cobra.CompletionFunc{
		"pretty": fixed("all", "colors", "format", "none"), "color": fixed("auto", "always", "never"),
	} {
		if err := cmd.RegisterFlagCompletionFunc(flag, words); err != nil {
			panic(err) // the flag was defined above
		}
	}
}

func (f *outputFlags) check() error {
	switch f.pretty {
	case "", "all", "colors", "format", "none":
	default:
		return &UsageError{Message: fmt.Sprintf("--pretty cannot be %q", f.pretty), Advice: "it is all, colors, format or none"}
	}
	switch f.color {
	case "auto", "always", "never":
	default:
		return &UsageError{Message: fmt.Sprintf("--color cannot be %q", f.color), Advice: "it is auto, always or never"}
	}
	if f.charset == "" {
		return nil
	}
	if _, err := body.NewUTF8Reader(strings.NewReader(""), f.charset); err != nil {
		return &UsageError{Message: fmt.Sprintf("--response-charset cannot be %q", f.charset), Advice: "write a name of the WHATWG Encoding Standard, such as windows-1252 or shift_jis"}
	}
	return nil
}

// looks is how a result is printed.
type looks struct {
	format, colors bool
	// terminal says that a terminal reads it, so that it must be safe and secrets must not show.
	terminal bool
	// anything says that somebody asked for this look, also of what is no text.
	anything bool
	charset  string // as in outputFlags
}

// looks decides from the flags, the environment and where stdout goes: --color before --pretty, both before NO_COLOR
// (https://no-color.org) and that before CLICOLOR_FORCE.
func (p *Program) looks(f outputFlags) looks {
	l := looks{terminal: f.toStdout() && p.IsTerminal(p.Stdout), anything: f.pretty != "", charset: f.charset}
	l.format, l.colors = l.terminal, l.terminal && p.env("TERM") != "dumb"
	if force := p.env("CLICOLOR_FORCE"); force != "" && force != "0" && f.toStdout() {
		l.colors = true
	}
	if p.env("NO_COLOR") != "" {
		l.colors = false
	}
	switch f.pretty {
	case "all":
		l.format, l.colors = true, l.colors || p.env("NO_COLOR") == ""
	case "colors":
		l.format, l.colors = false, l.colors || p.env("NO_COLOR") == ""
	case "format":
		l.format, l.colors = true, false
	case "none":
		l.format, l.colors = false, false
	}
	switch f.color {
	case "always":
		l.colors = true
	case "never":
		l.colors = false
	}
	return l
}

// sixteenColors draws in the terminal's own palette, which its owner has chosen to be readable on its background.
func sixteenColors(role document.Role) (on, off string) {
	code := ""
	switch role {
	case document.Key, document.Tag, document.Name:
		code = "36"
	case document.String, document.Added:
		code = "32"
	case document.Number, document.Attribute, document.Changed:
		code = "33"
	case document.Literal, document.Keyword:
		code = "35"
	case document.Removed:
		code = "31"
	case document.Moved:
		code = "34"
	case document.Punctuation, document.Offset:
		code = "2"
	case document.Comment:
		code = "2;3"
	case document.Error:
		code = "31;4"
	case document.Mark:
		code = "31;7"
	default:
		return "", ""
	}
	return "\x1b[" + code + "m", "\x1b[0m"
}
