package document

import (
	"errors"
	"io"
	"strings"
	"testing"

	"parley/httpcore/content"
)

// unreadable is a body that can't be read from some place on: the error says
// why, or the body has shrunk if it is io.EOF.
type unreadable struct {
	*endless
	from int64
	err  error
}

func (u *unreadable) ReadAt(p []byte, off int64) (int, error) {
	if off >= u.from {
		return 0, u.err
	}
	if most := u.from - off; int64(len(p)) > most {
		n, _ := u.endless.ReadAt(p[:most], off)
		return n, u.err
	}
	return u.endless.ReadAt(p, off)
}

// TestWhatCannotBeReadIsShownAsFarAsItGoes opens bodies whose source fails in
// the middle: what comes before is there, and behind it the reason.
func TestWhatCannotBeReadIsShownAsFarAsItGoes(t *testing.T) {
	failed := errors.New("the disk is gone")
	for name, tc := range map[string]struct {
		media string
		body  *endless
		mode  []Mode
	}{
		"JSON":      {"application/json", filled(300<<10, "[", `{"a":{"b":[1]}},`, "0]"), []Mode{Pretty, Raw, Hex, Tree, Table}},
		"one value": {"application/json", filled(300<<10, `[{"a":"`, "x", `"}]`), []Mode{Pretty, Raw, Tree, Table}},
		"NDJSON":    {"application/x-ndjson", filled(300<<10, "", "{\"a\":{\"b\":1}}\n", ""), []Mode{Pretty, Tree, Table}},
		"XML":       {"application/xml", filled(300<<10, "<r>", "<a><b>c</b></a>", "</r>"), []Mode{Pretty, Raw}},
		"CSV":       {"text/csv", filled(300<<10, "a,b\n", "1,2\n", ""), []Mode{Table, Raw}},
		"YAML":      {"application/yaml", filled(300<<10, "", "a: 1\n", ""), []Mode{Pretty}},
		"form":      {"application/x-www-form-urlencoded", filled(300<<10, "a=1", "&b=2", ""), []Mode{Preview}},
		"multipart": {"multipart/mixed; boundary=b", filled(300<<10, "", "--b\n\nx\n", "--b--"), []Mode{Preview}},
		"UTF-16":    {"text/plain", filled(300<<10, "\xff\xfe", "a\x00\n\x00", ""), []Mode{Pretty, Raw, Hex}},
	} {
		for reason, err := range map[string]error{"failing": failed, "shrunk": io.EOF} {
			src := &unreadable{endless: tc.body, from: 200<<10 + 7, err: err}
			want := err
			if err == io.EOF {
				want = io.ErrUnexpectedEOF
			}
			for _, mode := range tc.mode {
				t.Run(name+"/"+reason+"/"+mode.String(), func(t *testing.T) {
					o := Options{ContentType: tc.media}
					if strings.HasPrefix(name, "UTF-16") {
						o.Charset = "utf-16le"
					}
					lookAtUnreadable(t, content.NewSource(src, tc.body.size), o, mode, want)
				})
			}
		}
	}
}

func lookAtUnreadable(t *testing.T, src Source, o Options, mode Mode, want error) {
	t.Parallel()
	d := Open(src, o)
	defer d.Close()
	v := d.View(mode)
	until(t, d, func() bool { _, done := v.Lines(); return done })
	l := Layout{Width: 80, Height: 24}
	if w, err := v.Window(Pos{}, l); len(w.Rows) == 0 && !errors.Is(err, want) {
		t.Errorf("the first window is empty, %v", err)
	}
	lines, _ := v.Lines()
	if _, err := v.Window(Pos{Line: lines * 2}, l); mode != Hex && !errors.Is(err, want) {
		t.Errorf("behind what can be read: %v", err)
	}
	v.FoldTo(1)
	if v.Folds() {
		until(t, d, func() bool { _, done := v.Lines(); return done })
	}
	for _, do := range []func() error{
		func() error { _, err := v.Window(Pos{}, l); return err },
		func() error { _, err := v.End(l); return err },
		func() error { _, err := v.Toggle(Pos{}); return err },
		func() error { _, err := v.Toggle(Pos{Line: 1}); return err },
		func() error { _, err := v.Sibling(Pos{Line: 1}, 1<<30); return err },
		func() error { _, err := v.Parent(Pos{Line: 1}); return err },
		func() error { _, _, err := v.NodeAt(Pos{Line: 0}); return err },
		func() error { _, err := v.Reveal(src.Size() - 1); return err },
		func() error { _, err := v.AtPercent(99, l); return err },
	} {
		if err := do(); err != nil && !errors.Is(err, want) {
			t.Error(err)
		}
	}
	s, err := d.Search(mode, Query{Text: "no such text"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Next(t.Context(), 0); !errors.Is(err, want) {
		t.Errorf("search says %v", err)
	}
}
