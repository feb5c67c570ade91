package batch

import (
	"context"
	"fmt"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"parley/collections"
)

// Choice says which requests of a collection are to run: those that every part of it lets through.
type Choice struct {
	// Paths are requests and folders, each with all that is in it; none means the whole collection.
	Paths []string
	// Tags are alternatives: a request with one of them runs.
	Tags []string
	// Grep is a regular expression that is looked for in path, URL and notes, without regard to case.
	Grep string
}

// Plan is what is to run, in order.
type Plan struct {
	Collection *collections.Collection
	Chains     []Chain
}

// Chain is a folder's requests, in the order of the tree.
type Chain struct {
	// Name is the folder's path, or the collection's name.
	Name string
	// Parallel says that its requests run side by side, as chains of one.
	Parallel bool
	Nodes    []*collections.Node
}

// Steps counts the requests of the plan.
func (p *Plan) Steps() int {
	steps := 0
	for _, c := range p.Chains {
		steps += len(c.Nodes)
	}
	return steps
}

// NewPlan chooses the requests of a collection. A file that cannot be read is chosen too, unless it would have to be read
// for that: it fails when it is its turn. A path that names nothing is a *collections.NotFound.
func NewPlan(ctx context.Context, c *collections.Collection, choice Choice) (*Plan, error) {
	c, err := c.Glance(ctx, choice.Paths...)
	if err != nil {
		return nil, err
	}
	f, err := newFilter(c, choice)
	if err != nil {
		return nil, err
	}
	p := &planner{ctx: ctx, plan: &Plan{Collection: c}, filter: f}
	return p.plan, p.folder(c.Tree)
}

// planner walks the tree.
type planner struct {
	ctx    context.Context
	plan   *Plan
	filter *filter
}

// folder adds a folder's own requests as a chain, where the first of them stands, and the folders in it as others.
func (p *planner) folder(f *collections.Folder) error {
	mine := -1
	for _, n := range f.Nodes() {
		if n.Folder != nil {
			if err := p.folder(n.Folder); err != nil {
				return err
			}
			continue
		}
		if err := p.ctx.Err(); err != nil {
			return err
		}
		if !p.filter.takes(n) {
			continue
		}
		if mine < 0 {
			mine = len(p.plan.Chains)
			p.plan.Chains = append(p.plan.Chains, p.chain(f))
		}
		p.plan.Chains[mine].Nodes = append(p.plan.Chains[mine].Nodes, n)
	}
	return nil
}

func (p *planner) chain(f *collections.Folder) Chain {
	c := Chain{Name: f.Path, Parallel: f.Settings() != nil && f.Settings().Parallel.IsTrue()}
	if c.Name == "" {
		c.Name = p.plan.Collection.Settings.Name.Text
	}
	if c.Name == "" {
		c.Name = filepath.Base(p.plan.Collection.Root)
	}
	return c
}

// filter tells what a Choice lets through.
type filter struct {
	paths []string
	tags  []string
	grep  *regexp.Regexp
}

func newFilter(c *collections.Collection, choice Choice) (*filter, error) {
	f := &filter{tags: choice.Tags}
	for _, name := range choice.Paths {
		clean := collections.Clean(name)
		if _, err := c.Folder(clean); err != nil && !c.Has(clean) {
			return nil, err
		}
		f.paths = append(f.paths, clean)
	}
	if choice.Grep == "" {
		return f, nil
	}
	var err error
	if f.grep, err = regexp.Compile("(?i)" + choice.Grep); err != nil {
		return nil, &GrepError{choice.Grep, err}
	}
	return f, nil
}

// GrepError says that Choice.Grep is no regular expression.
type GrepError struct {
	Expression string
	Err        error
}

// Error says what is wrong with it.
func (e *GrepError) Error() string {
	return fmt.Sprintf("%q is no regular expression: %v", e.Expression, e.Err)
}

// Unwrap returns what the reader of expressions says.
func (e *GrepError) Unwrap() error { return e.Err }

// Hint says how it is written.
func (e *GrepError) Hint() string {
	return `a backslash takes its meaning from a character such as ( or [, as in \[1\]`
}

// takes reports whether a node is a request to run. It reads the file only when tags or text are asked for.
func (f *filter) takes(n *collections.Node) bool {
	if n.Kind != collections.RequestNode && n.Kind != collections.BrokenNode || !f.below(n.Path) {
		return false
	}
	if len(f.tags) == 0 && f.grep == nil {
		return true
	}
	r, err := n.Request()
	if r == nil {
		return err != nil && len(f.tags) == 0 && f.grep.MatchString(n.Path)
	}
	hasTag := func(v collections.Value) bool { return slices.Contains(f.tags, v.Text) }
	if len(f.tags) > 0 && !slices.ContainsFunc(r.Tags, hasTag) {
		return false
	}
	return f.grep == nil || f.grep.MatchString(n.Path) || f.grep.MatchString(r.URL.Text) || f.grep.MatchString(r.Notes.Text)
}

// below reports whether a path is one of those asked for, or in a folder that is.
func (f *filter) below(name string) bool {
	if len(f.paths) == 0 {
		return true
	}
	for ; name != "."; name = path.Dir(name) {
		if slices.Contains(f.paths, name) {
			return true
		}
	}
	return slices.ContainsFunc(f.paths, func(p string) bool { return strings.TrimPrefix(p, "/") == "" })
}
