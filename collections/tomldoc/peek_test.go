package tomldoc

import "testing"

// TestPeekSeesWhatParseSees compares the two on every file of the corpus.
func TestPeekSeesWhatParseSees(t *testing.T) {
	for _, file := range corpusFiles(t, "valid") {
		d, err := Parse("f.toml", readFile(t, file))
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range d.Root().Pairs {
			got, err := Peek("f.toml", d.Bytes(), p.Key)
			if err != nil {
				t.Fatal(err)
			}
			kind := p.Value.Kind
			if d.root.get(p.Key).node.form == tableArray {
				kind = Table // a glance at [[a]] does not count its elements
			}
			if got[0].Kind != kind || got[0].Text != p.Value.Text {
				t.Errorf("%s: %q is %v %q, want %v %q", file, p.Key, got[0].Kind, got[0].Text, kind, p.Value.Text)
			}
		}
	}
	for _, file := range corpusFiles(t, "invalid") {
		src := readFile(t, file)
		if _, err := Peek("f.toml", src); err != nil {
			if _, perr := Parse("f.toml", src); perr == nil || perr.Error() != err.Error() {
				t.Errorf("%s: %v, but Parse says %v", file, err, perr)
			}
		}
	}
}
