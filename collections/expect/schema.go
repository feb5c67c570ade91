package expect

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/expr-lang/expr/ast"

	"parley/collections/template"
	"parley/httpcore/content/jsonschema"
)

// verdict is what a function that checks the body came to, and why it failed.
type verdict struct {
	passed  bool
	reasons []string
}

// judged returns what a check came to, which is made once for the same arguments: explaining a failure asks again.
func (r *run) judged(name string, args []any, check func() (verdict, error)) (any, error) {
	key := judgedKey(name, args)
	if v, ok := r.facts.verdicts[key]; ok {
		return v.passed, nil
	}
	v, err := check()
	if err != nil {
		return nil, err
	}
	r.facts.verdicts[key] = v
	return v.passed, nil
}

func judgedKey(name string, args []any) string {
	texts := []string{name}
	for _, arg := range args {
		texts = append(texts, jsonText(plain(arg)))
	}
	return strings.Join(texts, "\x00")
}

// matchesSchema checks the body, or a value, against a JSON Schema in a file.
func matchesSchema(r *run, args []any) (any, error) {
	name, err := textOf(args[0])
	if err != nil {
		return nil, err
	}
	return r.judged("schema", append([]any{r.file}, args...), func() (verdict, error) { return r.checkSchema(name, args[1:]) })
}

func (r *run) checkSchema(name string, values []any) (verdict, error) {
	schema, err := r.schema(name)
	if err != nil {
		return verdict{}, err
	}
	var text []byte
	if len(values) > 0 {
		text = []byte(jsonText(plain(values[0])))
	} else if text, err = r.facts.raw(); err != nil {
		return verdict{}, err
	}
	ctx, cancel := bounded(r.ctx, int64(len(text)))
	defer cancel()
	violations, err := schema.ValidateText(ctx, bytes.TrimPrefix(text, []byte("\ufeff")))
	if err != nil && ctx.Err() != nil {
		return verdict{}, context.Cause(ctx)
	}
	if err != nil {
		return verdict{}, fmt.Errorf("the body: %w", err)
	}
	v := verdict{passed: len(violations) == 0}
	for _, one := range violations {
		v.reasons = append(v.reasons, fmt.Sprintf("%s: %s (%s)", one.Path, one.Message, one.Rule))
	}
	return v, nil
}

// schema reads a schema; its name is relative to the file that names it.
func (r *run) schema(name string) (*jsonschema.Schema, error) {
	if r.facts.host.ReadFile == nil {
		return nil, &template.Error{Kind: template.KindUnavailable, Message: "there is no collection here to read a schema from"}
	}
	file := path.Join(path.Dir(r.file), name)
	if path.IsAbs(name) || strings.Contains(name, `\`) || file == ".." || strings.HasPrefix(file, "../") {
		return nil, &template.Error{
			Kind: template.KindValue, Message: fmt.Sprintf("%q is outside of the collection", name),
			Advice: "put the schema into the collection, and name it relative to this file",
		}
	}
	if known := r.facts.schemas[file]; known != nil {
		return known, nil
	}
	schema, err := jsonschema.Compile(file, r.facts.host.ReadFile)
	if err != nil {
		return nil, unreadable(err)
	}
	r.facts.schemas[file] = schema
	return schema, nil
}

// unreadable keeps the hint of what could not be read.
func unreadable(err error) error {
	e := &template.Error{Kind: template.KindValue, Message: err.Error(), Err: err}
	if hinted, ok := errors.AsType[interface {
		error
		Hint() string
	}](err); ok {
		e.Advice = hinted.Hint()
	}
	return e
}

// Verify reads the schemas that the expressions name, as far as the names are written out, and says what is wrong with them:
// a template.Errors, or nil.
func (s *Set) Verify() error {
	facts := &facts{host: s.host, schemas: map[string]*jsonschema.Schema{}}
	var errs template.Errors
	for _, c := range slices.Concat(s.captures, s.expectations) {
		if c.err != nil {
			continue
		}
		r := &run{facts: facts, file: c.expression.file()}
		look := visitor(func(node *ast.Node) {
			call, ok := (*node).(*ast.CallNode)
			if !ok || !isName(call.Callee, "schema") || len(call.Arguments) == 0 {
				return
			}
			name, ok := call.Arguments[0].(*ast.StringNode)
			if !ok {
				return
			}
			_, err := r.schema(name.Value)
			if problem, ok := errors.AsType[*template.Error](err); ok {
				errs = append(errs, c.expression.error(problem.Kind, name.Location().From, "schema: "+problem.Message, problem.Advice))
			}
		})
		ast.Walk(&c.expression.original, look)
	}
	return errs.Err()
}
