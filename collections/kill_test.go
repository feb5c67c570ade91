package collections

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"parley/collections/disk"
	"parley/collections/example"
)

// killedVar names the folder that the process to be killed works in; it marks the process as that one.
const killedVar = "PARLEY_TEST_KILLED"

// round is the text that the process writes in a round: long enough to be torn, and known from its number.
func round(n int) string { return strings.Repeat(strconv.Itoa(n)+" ", 2000) }

// TestKill starts a process that edits, journals, saves, merges, moves, deletes and restores without end, kills it at a
// random moment, and looks at what is there: everything that the process had said was safe, and nothing in part.
// PARLEY_SOAK=1 does it 200 times.
func TestKill(t *testing.T) {
	if dir := os.Getenv(killedVar); dir != "" {
		t.Fatal(editUntilKilled(dir))
	}
	times := 20
	if os.Getenv("PARLEY_SOAK") != "" {
		times = 200
	}
	dir := t.TempDir()
	if _, err := create(dir); err != nil {
		t.Fatal(err)
	}
	for range times {
		checkAfterKill(t, dir, kill(t, dir, 1+rand.IntN(16)))
	}
}

func create(dir string) (*Request, error) {
	c, err := Open(disk.OS(), dir)
	if err != nil {
		return nil, err
	}
	for _, name := range []string{"f/one", "f/two", "m"} {
		if _, err := c.Create(name, &Request{URL: Str("http://h"), Notes: Str(round(0))}); err != nil {
			return nil, err
		}
	}
	if _, err := c.SaveExample("m", "ok", killedExample()); err != nil {
		return nil, err
	}
	return c.Create("a", &Request{URL: Str("http://h"), Notes: Str(round(0))})
}

func killedExample() *example.Example {
	return &example.Example{
		Request:  example.Request{Method: "GET", URL: "http://h", Proto: "HTTP/1.1"},
		Response: example.Response{Proto: "HTTP/1.1", Status: 200, Body: []byte(round(1))},
	}
}

// editUntilKilled says "flushed N" and "saved N" when that is true.
func editUntilKilled(dir string) error {
	j, damaged, err := OpenJournal(disk.OS(), filepath.Join(dir, ".state"), dir, time.Now)
	if err != nil || damaged > 0 {
		return fmt.Errorf("%d damaged: %w", damaged, err)
	}
	c, err := Open(disk.OS(), dir)
	if err != nil {
		return err
	}
	loaded, err := c.Request("a")
	if err != nil {
		return err
	}
	for n := 1; ; n++ {
		edited := loaded.Clone()
		edited.Notes = Str(round(n))
		text, err := Render(loaded, edited)
		if err != nil {
			return err
		}
		j.Put(Draft{Path: "a", Text: text})
		if err := j.Flush(); err != nil {
			return err
		}
		fmt.Println("flushed", n)
		if loaded, err = c.Save(loaded, edited); err != nil {
			return err
		}
		fmt.Println("saved", n)
		if loaded, err = mergeRound(c, loaded, n); err != nil {
			return err
		}
		fmt.Println("merged", n)
		if err := organiseRound(dir); err != nil {
			return err
		}
		fmt.Println("organised", n)
	}
}

// mergeRound changes the method here and a variable on disk, and saves.
func mergeRound(c *Collection, loaded *Request, n int) (*Request, error) {
	theirs := loaded.Clone()
	theirs.Vars = []Entry{{Name: "n", Value: Str(strconv.Itoa(n))}}
	text, err := Render(loaded, theirs)
	if err != nil {
		return nil, err
	}
	if err := disk.WriteFile(disk.OS(), c.Abs(loaded.File), text, 0o644); err != nil {
		return nil, err
	}
	mine := loaded.Clone()
	mine.Method = Str("M" + strconv.Itoa(n))
	var conflict *Conflict
	saved, err := c.Save(loaded, mine)
	if errors.As(err, &conflict) { // else an earlier process said the same
		return c.SaveMerge(conflict)
	}
	return saved, err
}

// organiseRound moves a request there and back again, deletes a folder and restores it, copies it and deletes the copy. It
// says a line after each, so that it is killed between any two of them.
func organiseRound(dir string) error {
	c, err := Open(disk.OS(), dir)
	if err != nil {
		return err
	}
	trash := filepath.Join(dir, ".trash")
	var moved *Moved
	var gone *Trashed
	for _, step := range []func() error{
		func() (err error) { moved, err = c.Move("m", "far/m"); return err },
		func() (err error) { gone, err = c.Delete("f/", trash); return err },
		func() error { return gone.Restore() },
		func() (err error) { _, err = c.Copy("f/", "copy"); return err },
		func() (err error) { c, err = c.Reload(); return err },
		func() error { return c.MoveBack(moved) },
		func() (err error) { _, err = c.Delete("copy/", trash); return err },
	} {
		if err := step(); err != nil {
			return err
		}
		fmt.Println("step")
	}
	return nil
}

// checkOrganised looks for what organiseRound carries about, whole, and puts it back to where the next process expects it.
func checkOrganised(t *testing.T, c *Collection, dir string) {
	t.Helper()
	list, err := c.Trashed(filepath.Join(dir, ".trash"))
	if err != nil {
		t.Fatal(err)
	}
	for _, gone := range list {
		if _, err := os.Lstat(c.Abs(gone.File)); err != nil && gone.Path == "f" {
			if err := gone.Restore(); err != nil {
				t.Fatal(err)
			}
		}
	}
	if c, err = c.Reload(); err != nil {
		t.Fatal(err)
	}
	for _, folder := range []string{"f", "copy"} {
		_, err := c.Folder(folder)
		if err != nil && folder == "copy" {
			continue // it comes and goes
		}
		for _, name := range []string{"/one", "/two"} {
			if r, err := c.Request(folder + name); err != nil || r.Notes.Text != round(0) {
				t.Fatalf("%s: %v", folder+name, err)
			}
		}
	}
	if _, err := c.Folder("copy"); err == nil {
		if _, err := c.Delete("copy/", filepath.Join(dir, ".trash")); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := c.Request("m"); err != nil {
		if _, err := c.Move("far/m", "m"); err != nil {
			t.Fatal(err)
		}
		if c, err = c.Reload(); err != nil {
			t.Fatal(err)
		}
	}
	if r, err := c.Request("m"); err != nil || r.Notes.Text != round(0) {
		t.Fatalf("m: %v", err)
	}
	checkExample(t, c)
}

// checkExample looks for the example that goes with m: beside it, or where it was moved to when the process was killed
// between the two.
func checkExample(t *testing.T, c *Collection) {
	t.Helper()
	var found []Example
	for _, place := range []string{"m", "far/m"} {
		list, err := c.Examples(place)
		if err != nil {
			t.Fatal(err)
		}
		found = append(found, list...)
	}
	if len(found) != 1 {
		t.Fatalf("the example is found as %v", found)
	}
	if e, err := c.ReadExample(found[0]); err != nil || string(e.Response.Body) != round(1) {
		t.Fatalf("%v: %v", found[0], err)
	}
}

// kill runs the process until it has said so many lines, kills it, and returns the last numbers that it said.
func kill(t *testing.T, dir string, lines int) (said map[string]int) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestKill$")
	cmd.Env = append(os.Environ(), killedVar+"="+dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	said = map[string]int{}
	var all bytes.Buffer
	for s := bufio.NewScanner(io.TeeReader(out, &all)); s.Scan(); {
		what, number, _ := strings.Cut(s.Text(), " ")
		if n, err := strconv.Atoi(number); err == nil {
			said[what] = n
		}
		if lines--; lines == 0 {
			if err := cmd.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := cmd.Wait(); err == nil || lines > 0 {
		t.Fatalf("the process was not killed: %v\n%s", err, all.String())
	}
	return said
}

func valueOf(vars []Entry) string {
	if len(vars) == 0 {
		return ""
	}
	return vars[0].Value.Text
}

func checkAfterKill(t *testing.T, dir string, said map[string]int) {
	t.Helper()
	number := func(what string, notes Value) {
		t.Helper()
		first, _, _ := strings.Cut(notes.Text, " ")
		n, err := strconv.Atoi(first)
		if err != nil || notes.Text != round(n) {
			t.Fatalf("a part of a %s: %.40q", what, notes.Text)
		}
		if n < said[what] {
			t.Errorf("%s %d is lost, found %d", what, said[what], n)
		}
	}
	c, err := Open(disk.OS(), dir)
	if err != nil {
		t.Fatal(err)
	}
	saved, err := c.Request("a")
	if err != nil {
		t.Fatal(err)
	}
	number("saved", saved.Notes)
	for what, text := range map[string]string{"method": strings.TrimPrefix(saved.Method.Text, "M"), "variable": valueOf(saved.Vars)} {
		if n, err := strconv.Atoi(text); said["merged"] > 0 && (err != nil || n < said["merged"]) {
			t.Errorf("merged %d, but the %s is %q", said["merged"], what, text)
		}
	}
	checkOrganised(t, c, dir)
	j, damaged, err := OpenJournal(disk.OS(), filepath.Join(dir, ".state"), dir, time.Now)
	if err != nil || damaged > 0 || len(j.Drafts()) > 1 {
		t.Fatalf("%d damaged, %d drafts: %v", damaged, len(j.Drafts()), err)
	}
	if len(j.Drafts()) == 0 && said["flushed"] > 0 {
		t.Errorf("the draft flushed as %d is lost", said["flushed"])
	}
	for _, d := range j.Drafts() {
		r, err := ParseRequest("a", d.Text)
		if err != nil {
			t.Fatal(err)
		}
		number("flushed", r.Notes)
		j.Drop("a", "")
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
}
