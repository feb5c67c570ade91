// Package check looks at every file of a collection and says what is wrong, without sending anything.
//
//	files ──read──▶ facts (what is captured, what variables there are) ──check each──▶ findings
//
// A fault is what keeps a request from being sent, or an expression from being evaluated; a note is worth a look: a key that
// Parley does not know, a variable that no file has, which `--var`, a row of data or a hook may bring. What cannot be known
// without running is not spoken of.
//
// Files are read and checked side by side; findings come in the order of the files and of their lines.
package check

import (
	"cmp"
	"context"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"parley/collections"
	"parley/collections/template"
	"parley/httpcore"
)

// Options are what a check must know beside the collection.
type Options struct {
	// Schemes are the kinds of authentication; without them, nothing is said of [auth].
	Schemes []httpcore.Scheme
}

// Finding is something wrong, or worth a look, in a file.
type Finding = collections.Finding

// Collection checks every file of a collection. The error is that of ctx.
func Collection(ctx context.Context, c *collections.Collection, o Options) ([]Finding, error) {
	files := list(c)
	k := &checker{collection: c, schemes: o.Schemes}
	if err := sideBySide(ctx, files, k.read); err != nil {
		return nil, err
	}
	k.facts = gather(files)
	if err := sideBySide(ctx, files, k.check); err != nil {
		return nil, err
	}
	var all []Finding
	for _, f := range files {
		all = append(all, f.findings...)
	}
	all = append(all, c.Dotenv.Findings()...)
	all = append(all, together(c, files)...)
	for i := range all { // whoever reads it knows where the collection is
		all[i].Message = strings.ReplaceAll(all[i].Message, c.Root+string(filepath.Separator), "")
	}
	return inOrder(all), nil
}

func sideBySide(ctx context.Context, files []*file, work func(*file)) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for _, f := range files {
		group.Go(func() error {
			if ctx.Err() == nil {
				work(f)
			}
			return ctx.Err()
		})
	}
	return group.Wait()
}

// inOrder sorts findings by file and place, and drops those that say the same of the same place.
func inOrder(all []Finding) []Finding {
	slices.SortStableFunc(all, func(a, b Finding) int {
		return cmp.Or(
			strings.Compare(a.Pos.File, b.Pos.File), cmp.Compare(a.Pos.Line, b.Pos.Line), cmp.Compare(a.Pos.Column, b.Pos.Column),
			cmp.Compare(b.Severity, a.Severity),
		)
	})
	return slices.CompactFunc(all, func(a, b Finding) bool { return a.Pos == b.Pos && a.Message == b.Message })
}

// fault and note make findings.
func fault(pos collections.Pos, message, advice string) Finding {
	return Finding{Severity: collections.Fault, Pos: pos, Message: message, Advice: advice}
}

func note(pos collections.Pos, message, advice string) Finding {
	return Finding{Severity: collections.Note, Pos: pos, Message: message, Advice: advice}
}

// nearest is the advice where a name may be mistyped.
func nearest(name string, known []string, otherwise string) string {
	if near := template.Nearest(name, known); len(near) > 0 {
		return "did you mean " + strings.Join(near, ", ") + "?"
	}
	return otherwise
}
