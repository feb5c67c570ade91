package ui

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const twoCommands = "curl -X POST http://api.test/users -H 'X-Team: 42' -d a=1\ncurl http://api.test/health\n"

func TestAFileIsImportedIntoAFolderAndTakenBack(t *testing.T) {
	b := openFixed(t, 120, 36)
	file := filepath.Join(t.TempDir(), "commands.sh")
	if err := os.WriteFile(file, []byte(twoCommands), 0o600); err != nil {
		t.Fatal(err)
	}
	b.Press("ctrl+x", "I")
	b.WaitText("a file, a URL, or paste")
	b.Type(strings.TrimSuffix(file, "mmands.sh"))
	b.WaitText("commands.sh")
	b.Press("enter")
	b.WaitText("2 kept, 0 changed")
	b.Press("enter")
	b.WaitText("Import 2 into")
	b.Press("ctrl+a", "ctrl+k")
	b.Type("taken/in")
	b.Press("enter")
	b.WaitText("imported 2 of 2")
	if got := b.read("taken/in/post-users.toml"); !strings.Contains(got, `X-Team = "42"`) {
		t.Errorf("the file is\n%s", got)
	}
	b.WaitFor("the tree", func(string) bool { return b.root.work.Collection.Has("taken/in/get-health") })
	b.Send(then{b.root.undoFiles})
	b.WaitText("took back the import of 2 requests")
	for _, name := range []string{"post-users", "get-health"} {
		if !b.missing("taken/in/" + name + ".toml") {
			t.Errorf("%s is still there", name)
		}
	}
}

func TestAnImportLeavesOutWhatIsSwitchedOff(t *testing.T) {
	b := openFixed(t, 120, 36)
	b.Press("ctrl+x", "I")
	b.Paste(strings.ReplaceAll(strings.TrimSpace(twoCommands), "\n", "; "))
	b.WaitText("Import this curl text")
	b.Press("enter")
	b.WaitText("2 kept")
	b.Press("space")
	b.WaitText("left out")
	b.Press("enter")
	b.WaitText("Import 1 into")
	b.Press("ctrl+a", "ctrl+k", "enter")
	b.WaitText("imported 1 of 1")
	if _, err := os.Stat(filepath.Join(b.dir, "post-users.toml")); err == nil {
		t.Error("what was left out is imported")
	}
	if got := b.read("get-health.toml"); !strings.Contains(got, "http://api.test/health") {
		t.Errorf("the file is\n%s", got)
	}
}

func TestASourceIsFetchedWithoutTheCollectionsHeaders(t *testing.T) {
	b := openFixed(t, 120, 36)
	asked := make(chan http.Header, 1)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		asked <- q.Header.Clone()
		if _, err := w.Write([]byte(twoCommands)); err != nil {
			t.Error(err)
		}
	}))
	t.Cleanup(server.Close)
	b.Press("ctrl+x", "I")
	b.Paste(server.URL)
	b.WaitText("Fetch " + server.URL)
	b.Press("enter")
	b.WaitText("2 kept")
	if got := (<-asked).Get("Accept"); got == "application/json" {
		t.Error("a header of the collection went to the source")
	}
}

// A source that does not end is left as soon as it is too large.
func TestASourceWithoutEndIsLeft(t *testing.T) {
	b := openFixed(t, 120, 36)
	ended := make(chan int64, 1)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		piece, sent := make([]byte, 1<<20), int64(0)
		for range 16 * sourceMost / len(piece) {
			n, err := w.Write(piece)
			if sent += int64(n); err != nil {
				break
			}
		}
		ended <- sent
	}))
	t.Cleanup(server.Close)
	if _, err := fetchSource(t.Context(), b.root.work.Sessions.Get(b.root.sessionName()), server.URL); err == nil || !strings.Contains(err.Error(), "32") {
		t.Errorf("it is read as a whole, or fails otherwise: %v", err)
	}
	if sent := <-ended; sent > 8*sourceMost {
		t.Errorf("%d bytes were taken", sent)
	}
}

func TestWhatCannotBeImportedIsSaid(t *testing.T) {
	b := openFixed(t, 120, 36)
	file := filepath.Join(t.TempDir(), "other.txt")
	if err := os.WriteFile(file, []byte("hello"), 0o600); err != nil {
		t.Fatal(err)
	}
	b.Press("ctrl+x", "I")
	b.Type(strings.TrimSuffix(file, "her.txt"))
	b.WaitText("other.txt")
	b.Press("enter")
	b.WaitText("nothing in it that Parley can import")
}
