package importer

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"mvdan.cc/sh/v3/expand"
	"mvdan.cc/sh/v3/syntax"
)

// parseShell finds the curl commands of a shell's source and expands their words, running nothing.
func parseShell(source string) ([]line, error) {
	source = strings.TrimPrefix(strings.TrimSpace(source), "$ ")
	file, err := syntax.NewParser(syntax.Variant(syntax.LangBash)).Parse(strings.NewReader(source), "")
	if err != nil {
		return nil, &SourceError{Message: "the command cannot be read: " + parseMessage(err), Advice: "is a quote missing?", Err: err}
	}
	var found []*syntax.Stmt
	others := false
	syntax.Walk(file, func(node syntax.Node) bool {
		stmt, ok := node.(*syntax.Stmt)
		if !ok {
			return true
		}
		if call, ok := stmt.Cmd.(*syntax.CallExpr); ok && len(call.Args) > 0 {
			if isCurlName(call.Args[0].Lit()) {
				found = append(found, stmt)
			} else {
				others = true
			}
		}
		return true
	})
	if len(found) == 0 {
		return nil, sourceError("there is no curl command in it")
	}
	var lines []line
	for _, stmt := range found {
		l, err := expandCall(stmt)
		if err != nil {
			return nil, err
		}
		if others {
			l.notes = append(l.notes, Note{Changed, "other commands", "only curl commands are read, and nothing is run"})
		}
		lines = append(lines, l)
	}
	return lines, nil
}

func parseMessage(err error) string {
	if e, ok := errors.AsType[syntax.ParseError](err); ok {
		return fmt.Sprintf("line %d, column %d: %s", e.Pos.Line(), e.Pos.Col(), e.Text)
	}
	return err.Error()
}

func expandCall(stmt *syntax.Stmt) (line, error) {
	call := stmt.Cmd.(*syntax.CallExpr)
	fields, err := expand.Fields(config(), call.Args...)
	if err != nil {
		return line{}, shellError(err)
	}
	l := line{args: fields[1:]}
	for _, redirect := range stmt.Redirs {
		if err := l.redirect(redirect); err != nil {
			return line{}, err
		}
	}
	l.noteVariables()
	return l, nil
}

// redirect takes what feeds standard input; where the output goes does not matter.
func (l *line) redirect(r *syntax.Redirect) error {
	var err error
	in := &input{}
	switch r.Op {
	case syntax.RdrIn:
		in.file, err = expand.Literal(config(), r.Word)
	case syntax.Hdoc, syntax.DashHdoc:
		in.text, err = expand.Document(config(), r.Hdoc)
	case syntax.WordHdoc:
		in.text, err = expand.Literal(config(), r.Word)
		in.text += "\n"
	default:
		return nil
	}
	if err != nil {
		return shellError(err)
	}
	l.input = in
	return nil
}

// errSubstitution is what a command inside the command becomes.
var errSubstitution = errors.New("`<(…)` runs a command")

// config expands variables to placeholders. Nothing is run, and without ReadDir2 nothing is globbed.
func config() *expand.Config {
	refuse := func(*syntax.ProcSubst) (string, error) { return "", errSubstitution }
	return &expand.Config{ProcSubst: refuse, Env: expand.FuncEnviron(func(name string) string {
		// The package reads these two for itself.
		if name == "IFS" || name == "PWD" || !syntax.ValidName(name) {
			return ""
		}
		return placeholder(name)
	})}
}

// noteVariables says once of every variable what became of it.
func (l *line) noteVariables() {
	texts := slices.Clone(l.args)
	if l.input != nil {
		texts = append(texts, l.input.file, l.input.text)
	}
	seen := map[string]bool{}
	for _, text := range texts {
		for _, p := range split(text) {
			if p.isName && !seen[p.text] {
				l.notes = append(l.notes, Note{Changed, "$" + p.text, fmt.Sprintf("it is read when the request is sent, by {{env(%q)}}", p.text)})
				seen[p.text] = true
			}
		}
	}
}

func shellError(err error) *SourceError {
	if _, ok := errors.AsType[expand.UnexpectedCommandError](err); ok || errors.Is(err, errSubstitution) {
		return &SourceError{Message: "the command has another one inside `$(…)`, `<(…)` or backquotes, which is not run", Advice: "put its output in its place", Err: err}
	}
	return &SourceError{Message: "the command cannot be read: " + err.Error(), Advice: "put values in the place of the shell's expansions", Err: err}
}
