package expect

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"parley/collections/template"
	"parley/httpcore"
	"parley/httpcore/content"
	"parley/httpcore/content/diff"
)

// The endings of snapshots: of bodies that are JSON, and of other text.
const (
	jsonSnapshot = ".json"
	textSnapshot = ".txt"
)

// matchesSnapshot compares the body with what is kept under a name.
func matchesSnapshot(r *run, args []any) (any, error) {
	name, err := textOf(args[0])
	if err != nil {
		return nil, err
	}
	if r.facts.host.ReadSnapshot == nil {
		return nil, &template.Error{Kind: template.KindUnavailable, Message: "there is no collection here to keep a snapshot in"}
	}
	return r.judged("snapshot", args, func() (verdict, error) { return r.checkSnapshot(name) })
}

func (r *run) checkSnapshot(name string) (verdict, error) {
	made, err := r.facts.snapshot(name)
	if err != nil {
		return verdict{}, err
	}
	kept, err := r.kept(name, &made)
	if err != nil {
		return verdict{}, unreadable(err)
	}
	accept := r.facts.host.Accept
	if made.Replaces == "" {
		made.Accepted = accept != AcceptNone
		r.facts.snapshots = append(r.facts.snapshots, made)
		return verdict{passed: made.Accepted, reasons: []string{
			fmt.Sprintf("there is no snapshot %q yet", name), "hint: --update-snapshots keeps this body as it",
		}}, nil
	}
	lines, err := r.differences(kept, made.Content)
	if err != nil || len(lines) == 0 {
		return verdict{passed: true}, err
	}
	made.Accepted = accept == AcceptAll
	r.facts.snapshots = append(r.facts.snapshots, made)
	return verdict{passed: made.Accepted, reasons: append([]string{"- " + made.Replaces, "+ the body"}, lines...)}, nil
}

// kept reads the snapshot of a name, whatever the body was when it was made.
func (r *run) kept(name string, made *Snapshot) ([]byte, error) {
	for _, ending := range []string{jsonSnapshot, textSnapshot} {
		data, err := r.facts.host.ReadSnapshot(name + ending)
		if err == nil {
			made.Replaces = name + ending
			return data, nil
		}
		if !isMissing(err) {
			return nil, err
		}
	}
	return nil, nil
}

// differences are the lines of a comparison; none when both mean the same.
func (r *run) differences(kept, body []byte) ([]string, error) {
	var rules diff.Rules
	for _, rule := range r.facts.host.Ignore {
		if err := rules.Leave(rule); err != nil {
			return nil, &template.Error{
				Kind: template.KindValue, Message: fmt.Sprintf("compare.ignore cannot have %q: %v", rule, err), Advice: "write a JSONPath, or header:NAME",
			}
		}
	}
	ctx, cancel := bounded(r.ctx, int64(len(kept)+len(body)))
	defer cancel()
	from, to := string(kept), string(body)
	result, err := diff.Compare(ctx, sourceOf(from), sourceOf(to), rules.Options)
	if err != nil && ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	if err != nil || result.Equal() {
		return nil, err
	}
	return diffLines(result, from, to), nil
}

// snapshot is the body as it is kept: JSON laid out in lines, with its numbers and the order of its members as they came.
func (f *facts) snapshot(name string) (Snapshot, error) {
	data, err := f.raw()
	if err != nil {
		return Snapshot{}, err
	}
	kind, _, err := f.kind()
	if err != nil {
		return Snapshot{}, err
	}
	made := Snapshot{File: name + textSnapshot}
	var text string
	var laidOut bytes.Buffer
	trimmed := bytes.TrimPrefix(data, []byte("\ufeff"))
	switch {
	case kind == content.JSON && json.Indent(&laidOut, bytes.TrimSpace(trimmed), "", "  ") == nil:
		made.File = name + jsonSnapshot
		text = laidOut.String()
	default:
		if text, err = f.text(); err != nil {
			return made, err
		}
		if strings.ContainsRune(text, 0) || strings.ContainsRune(text, utf8.RuneError) {
			return made, &template.Error{Kind: template.KindValue, Message: "the body is no text, and a snapshot is", Advice: "compare headers[\"Content-Length\"], or what you know of it"}
		}
	}
	masked := httpcore.NewMasker(f.secrets, httpcore.Mark).String(text)
	if masked != "" && !strings.HasSuffix(masked, "\n") {
		masked += "\n"
	}
	made.Content = []byte(masked)
	return made, nil
}
