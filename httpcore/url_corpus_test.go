package httpcore

import (
	"encoding/json"
	"strings"
	"testing"

	"parley/testdata/corpora"
)

// The web platform tests for URLs, as far as Parley is concerned. Out of scope as a rule, decided by the case's own
// data: inputs or bases that are not http or https, and inputs that lean on a base for a scheme that Parley lacks.
// Port 0 differs on purpose: the standard parses it, Parley says that nothing can listen there.
func TestURLCorpus(t *testing.T) {
	var entries []json.RawMessage
	if err := json.Unmarshal(corpora.Read(t, "url", "urltestdata.json"), &entries); err != nil {
		t.Fatal(err)
	}
	tried := 0
	for _, entry := range entries {
		var c urlCase
		if json.Unmarshal(entry, &c) != nil || !c.inScope() {
			continue
		}
		tried++
		got, err := c.parse()
		switch {
		case c.Port == "0" && !c.Failure:
			if err == nil {
				t.Errorf("%q: port 0 was taken", c.Input)
			}
		case c.Failure:
			if err == nil {
				t.Errorf("%q against %q: got %q, want an error", c.Input, c.Base, got)
			}
		case err != nil:
			t.Errorf("%q against %q: %v, want %q", c.Input, c.Base, err, c.Href)
		case got.String() != c.Href:
			t.Errorf("%q against %q: got %q, want %q", c.Input, c.Base, got, c.Href)
		}
	}
	if tried < 300 {
		t.Errorf("only %d cases were in scope: the corpus has changed its shape", tried)
	}
}

type urlCase struct {
	Input, Base, Href, Port string
	Failure                 bool
}

func (c urlCase) inScope() bool {
	if c.Base != "" {
		_, err := ParseURL(c.Base)
		return err == nil && !namesOtherScheme(c.Input)
	}
	scheme, _, found := strings.Cut(cleanURL(c.Input), ":")
	return found && isSupported(scheme)
}

func namesOtherScheme(input string) bool {
	scheme, _, found := strings.Cut(cleanURL(input), ":")
	return found && isScheme(scheme) && !isSupported(scheme)
}

func (c urlCase) parse() (*URL, error) {
	if c.Base == "" {
		return ParseURL(c.Input)
	}
	base, err := ParseURL(c.Base)
	if err != nil {
		return nil, err
	}
	return base.Resolve(c.Input)
}
