package collections_test

import (
	"strings"
	"testing"

	"parley/collections"
)

func TestWhenIsReadEditedAndOverridden(t *testing.T) {
	const before = "url = 'http://h'\nwhen   = 'env != \"prod\"' # not there\n[vars]\na = 1\n"
	c := open(t, map[string]string{"x.toml": before, "y.toml": "url = 'http://h'\n"})
	loaded := request(t, c, "x")
	if loaded.When.Text != `env != "prod"` || loaded.When.Pos.String() != "x.toml:2:10" {
		t.Errorf("read as %s at %s", loaded.When.Text, loaded.When.Pos)
	}
	for _, edit := range []struct {
		value collections.Value
		want  string
	}{
		{collections.Str("a > 1"), strings.Replace(before, `'env != "prod"'`, `'a > 1'`, 1)},
		{collections.Value{}, strings.Replace(before, "when   = 'env != \"prod\"' # not there\n", "", 1)},
	} {
		edited := loaded.Clone()
		edited.When = edit.value
		if got, err := collections.Render(loaded, edited); err != nil || string(got) != edit.want {
			t.Errorf("saved as\n%s\n%v", got, err)
		}
	}
	for _, path := range []string{"x", "y"} {
		e, err := c.Effective(request(t, c, path))
		if err != nil {
			t.Fatal(err)
		}
		if err := e.Override("when=a == 2"); err != nil || e.When.Text != "a == 2" {
			t.Errorf("%s is overridden as %s, %v", path, e.When.Text, err)
		}
	}
}

func TestAWhenThatIsNoExpressionIsRefused(t *testing.T) {
	for _, text := range []string{"true", "''", "['a']", "7"} {
		_, err := collections.ParseRequest("r", []byte("url = 'http://h'\nwhen = "+text+"\n"))
		if err == nil || !strings.HasPrefix(err.Error(), "r.toml:2:8: when ") {
			t.Errorf("%s: %v", text, err)
		}
	}
}
