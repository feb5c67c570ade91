package ui

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"parley/ui/action"
	"parley/ui/overlay"
)

// shown is what scenes have shown: sides of panes, and overlays with their titles.
type shown struct {
	sides    map[string]bool
	overlays map[string][]string // the titles of each type
}

func newShown() *shown { return &shown{map[string]bool{}, map[string][]string{}} }

// look notes what a workbench shows.
func (s *shown) look(b *bench) {
	at, now := b.root.layout, b.root.tab()
	if !at.Request.Empty() {
		kind := "request"
		if _, settings := now.settings(); settings {
			kind = "settings"
		}
		s.sides[kind+" "+now.request.Section()] = true
		if now.request.Section() == "Body" {
			s.sides["body "+string(now.draft.Body.Kind)] = true
		}
		if now.request.Section() == "Auth" {
			s.sides["auth "+cmp.Or(now.draft.Auth.Type.Text, "inherit")] = true
		}
	}
	if !at.Response.Empty() {
		s.sides["response "+now.response.Place().Side] = true
	}
	if !at.Other.Empty() {
		s.sides["second response"] = true
	}
	if !at.URL.Empty() {
		s.sides["URL bar"] = true
	}
	if _, history := b.root.sidebar.Place(); !at.Sidebar.Empty() {
		s.sides[fmt.Sprintf("sidebar, history %v", history)] = true
	}
	if top := b.root.overlays.Top(); top != nil {
		s.overlay(top)
	}
	if panel := b.root.chord(); panel != nil {
		s.overlays["Chord"] = append(s.overlays["Chord"], "")
	}
}

func (s *shown) overlay(top overlay.Overlay) {
	title := ""
	if lines := top.Lines(); len(lines) > 0 {
		title = ansi.Strip(lines[0])
	}
	kind := strings.TrimPrefix(fmt.Sprintf("%T", top), "*overlay.")
	s.overlays[kind] = append(s.overlays[kind], title)
}

// missing lists what is there and no scene has shown.
func (s *shown) missing(t *testing.T) (list []string) {
	sides := []string{"URL bar", "second response", "sidebar, history false", "sidebar, history true"}
	for _, of := range []struct {
		kind    string
		members []action.Member
	}{
		{"request", action.RequestSides()},
		{"response", action.ResponseSides()},
		{"body", action.BodyKinds()},
		{"auth", action.AuthTypes()},
	} {
		for _, m := range of.members {
			sides = append(sides, of.kind+" "+m.Name)
		}
	}
	settings := openFixed(t, 80, 24)
	settings.root.OpenSettings("")
	for _, side := range settings.root.tab().request.Sides() {
		sides = append(sides, "settings "+side)
	}
	for _, side := range sides {
		if !s.sides[side] {
			list = append(list, "the "+side)
		}
	}
	for _, made := range constructed(t) {
		if !slices.ContainsFunc(s.overlays[made.kind], made.called) {
			list = append(list, fmt.Sprintf("the %s of %s, called %q", made.kind, made.in, made.titles))
		}
	}
	return list
}

// maker is a place in the source that makes an overlay: in which function, of which type, and what the title begins with.
// Without a title that the source says, any overlay of the type will do.
type maker struct {
	in, kind string
	titles   []string
}

func (m maker) called(title string) bool {
	return len(m.titles) == 0 || slices.ContainsFunc(m.titles, func(begin string) bool { return strings.Contains(title, begin) })
}

// constructed reads from the source what overlays there are.
func constructed(t *testing.T) (list []maker) {
	kinds := constructors(t)
	used := map[string]bool{}
	for _, function := range functions(t, ".") {
		ast.Inspect(function, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			selector, ok := call.Fun.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if from, ok := selector.X.(*ast.Ident); ok && from.Name == "overlay" && kinds[selector.Sel.Name] != "" {
				used[selector.Sel.Name] = true
				list = append(list, maker{function.Name.Name, kinds[selector.Sel.Name], titlesOf(function, call)})
			}
			return true
		})
	}
	for _, name := range slices.Sorted(maps.Keys(kinds)) {
		if !used[name] {
			t.Errorf("nothing calls overlay.%s", name)
		}
	}
	return list
}

// constructors returns the type that each constructor of an overlay returns.
func constructors(t *testing.T) map[string]string {
	kinds := map[string]string{}
	for _, function := range functions(t, "overlay") {
		if strings.HasPrefix(function.Name.Name, "New") && function.Recv == nil {
			kinds[function.Name.Name] = function.Type.Results.List[0].Type.(*ast.StarExpr).X.(*ast.Ident).Name
		}
	}
	if len(kinds) < 10 {
		t.Fatalf("only %v make overlays", kinds)
	}
	return kinds
}

func functions(t *testing.T, dir string) (list []*ast.FuncDecl) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range file.Decls {
			if function, ok := decl.(*ast.FuncDecl); ok && function.Body != nil {
				list = append(list, function)
			}
		}
	}
	return list
}

// titlesOf returns what the title in the arguments of a constructor may begin with.
func titlesOf(function *ast.FuncDecl, call *ast.CallExpr) []string {
	for _, argument := range call.Args {
		if options, ok := argument.(*ast.CompositeLit); ok {
			for _, element := range options.Elts {
				if pair, ok := element.(*ast.KeyValueExpr); ok && pair.Key.(*ast.Ident).Name == "Title" {
					return beginnings(function, pair.Value)
				}
			}
		}
	}
	for _, argument := range call.Args { // a question's title stands alone
		if begin := beginnings(function, argument); len(begin) > 0 {
			return begin
		}
	}
	return nil
}

// beginnings returns the text that an expression begins with, as far as the source says it: a name
// stands for what the function gives it.
func beginnings(function *ast.FuncDecl, of ast.Expr) (list []string) {
	switch of := of.(type) {
	case *ast.BasicLit:
		if text, err := strconv.Unquote(of.Value); err == nil && text != "" {
			text, _, _ = strings.Cut(text, "%")
			if text = strings.TrimSpace(text); text != "" {
				return []string{text}
			}
		}
	case *ast.BinaryExpr:
		if list = beginnings(function, of.X); len(list) > 0 {
			return list
		}
		return beginnings(function, of.Y)
	case *ast.CallExpr:
		if len(of.Args) > 0 {
			return beginnings(function, of.Args[0])
		}
	case *ast.Ident:
		if function == nil { // a name that stands for another one, maybe for itself
			return nil
		}
		ast.Inspect(function, func(n ast.Node) bool {
			set, ok := n.(*ast.AssignStmt)
			if !ok {
				return true
			}
			for i, left := range set.Lhs {
				if name, ok := left.(*ast.Ident); ok && name.Name == of.Name && len(set.Lhs) == len(set.Rhs) {
					list = append(list, beginnings(nil, set.Rhs[i])...)
				}
			}
			return true
		})
	}
	return list
}
