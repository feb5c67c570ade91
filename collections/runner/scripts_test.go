package runner

import (
	"fmt"
	"strings"
	"testing"

	"parley/collections/script"
)

// TestWhatHooksSetIsBounded in number, each by itself, and all together.
func TestWhatHooksSetIsBounded(t *testing.T) {
	large := script.Value(`"` + strings.Repeat("x", maxScriptedValue-2) + `"`)
	s := NewScripts()
	defer s.Close()
	kept := 0
	for ; kept < 100 && s.set(script.ScopeGlobals, fmt.Sprint("v", kept), large) == nil; kept++ {
	}
	if kept != maxScriptedAll/maxScriptedValue {
		t.Errorf("%d MiB are kept", kept)
	}
	if err := s.set(script.ScopeGlobals, "v0", large); err != nil {
		t.Errorf("one that is there cannot be set again: %v", err)
	}
	s.unset(script.ScopeGlobals, "v0")
	if err := s.set(script.ScopeGlobals, "other", large); err != nil {
		t.Errorf("there is no room after an end: %v", err)
	}
	if err := s.set(script.ScopeEnvironment, "large", append(large, ' ')); err == nil {
		t.Error("a value of more than 1 MiB is kept")
	}
	many := map[string]script.Value{}
	for i := range maxScripted - 1 {
		many[fmt.Sprint(i)] = script.Value("1")
	}
	s.values[script.ScopeEnvironment] = many
	if err := s.set(script.ScopeEnvironment, "the last", script.Value("1")); err != nil {
		t.Error(err)
	}
	if err := s.set(script.ScopeEnvironment, "one more", script.Value("1")); err == nil {
		t.Error("there is no end of variables")
	}
}
