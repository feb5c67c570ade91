package template

import (
	"context"
	"strings"
	"testing"
	"unicode/utf8"
)

func FuzzTemplate(f *testing.F) {
	for _, seed := range []string{
		"{{base}} x {{ {\"a\": {\"b\": '}}'}} }}", "{{it's}}{{", "{{a}}{{wrong}}", "{{$env['x']}}", "{{let x = 1; map([x], #)}}",
		"{{fake.email() + uuid}}", "{{`}}`}}{{//}}\n}}", "{{reduce(1..9, #acc + #acc, 'xx')}}", "{{base | trim() | base64()}}",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, source string) {
		if len(source) > 1<<10 || !utf8.ValidString(source) {
			return
		}
		r := NewResolver(known, testHost())
		text := r.Parse(source, Position{File: "f", Line: 1, Column: 1}.In(source))
		var whole strings.Builder
		for _, part := range text.Parts {
			whole.WriteString(source[part.Start:part.End])
			if part.IsCode && !strings.HasPrefix(source[part.CodeAt:], part.Code) {
				t.Fatalf("code %q is not at %d of %q", part.Code, part.CodeAt, source)
			}
		}
		if whole.String() != source {
			t.Fatalf("the parts of %q make %q", source, whole.String())
		}
		result := r.Expand(context.Background(), text)
		if !strings.Contains(source, opening) && (result.Text != source || result.Errors != nil) {
			t.Fatalf("literal %q became %q, %v", source, result.Text, result.Errors)
		}
		for i := range source {
			if utf8.RuneStart(source[i]) {
				Complete(source, i, known)
			}
		}
	})
}

func BenchmarkExpression(b *testing.B) {
	r := NewResolver(known, testHost())
	text := r.Parse("{{base}}/{{uuid()}}", nil)
	for b.Loop() {
		if r.Expand(context.Background(), text).Errors != nil {
			b.Fatal("errors")
		}
	}
}
