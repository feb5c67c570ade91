package document

import (
	"context"
	"strings"
	"testing"
)

// TestIndexesOfDeepBodies indexes bodies nested thousands deep in memory in
// which, for their size, that of 1 GiB has to fit: any line is found all the
// same, and with a bounded look.
func TestIndexesOfDeepBodies(t *testing.T) {
	const size, gib = 8 << 20, 1 << 30
	nest := func(open, inner, shut string, depth int) string {
		return strings.Repeat(open, depth) + inner + strings.Repeat(shut, depth) + ","
	}
	deep := strings.Repeat("[", 5000)
	for name, body := range map[string]*endless{
		"deep and back":   filled(size, "[", nest("[", "", "]", 9990), "1]"),
		"objects":         filled(size, "[", nest(`{"key":`, "1", "}", 9990), "1]"),
		"wide levels":     filled(size, "[", nest(`{"key":1,"k":[2,2,2,`+strings.Repeat(" ", 40), "1", "]}", 4990), "1]"),
		"held":            filled(size, deep, "1,", "1"+strings.Repeat("]", 5000)),
		"deep while held": filled(size, deep, nest("[", "", "]", 4990), "1"+strings.Repeat("]", 5000)),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			src := &counting{Source: body.source()}
			x := newIndexed(src, jsonLines)
			x.index.most = maxIndexCost * size / gib
			if err := x.build(context.Background(), func() {}); err != nil {
				t.Fatal(err)
			}
			lookAtDeep(t, x, src)
		})
	}
}

func lookAtDeep(t *testing.T, x *indexed, src *counting) {
	t.Helper()
	v := &View{src: x.src, lines: always(x)}
	lines, _ := v.Lines()
	for i := range int64(5) {
		at := min(lines*i/4, lines-1)
		src.read = 0
		got, err := x.lines(at, 1)
		if err != nil || len(got) != 1 {
			t.Fatalf("line %d of %d is %+v, %v", at, lines, got, err)
		}
		if found, err := x.lineAt(got[0].offset); err != nil || found != at {
			t.Errorf("byte %d is on line %d, not %d (%v)", got[0].offset, found, at, err)
		}
		if src.read > 8<<20 {
			t.Errorf("line %d of %d takes %d bytes", at, lines, src.read)
		}
		src.read = 0
		if n, ok, err := v.NodeAt(Pos{Line: at}); err != nil || !ok || n.Path == "" {
			t.Errorf("on line %d of %d is %+v, %v", at, lines, n, err)
		}
		if src.read > 16<<20 {
			t.Errorf("the node on line %d of %d takes %d bytes", at, lines, src.read)
		}
	}
	if x.index.cost > x.index.most {
		t.Errorf("marks cost %d bytes", x.index.cost)
	}
}
