package collections

import (
	"bytes"
	"context"
	"fmt"
	"path"
	"regexp"
	"strings"

	"parley/collections/disk"
)

// Reference is a place that speaks of a request by its path.
type Reference struct {
	File string // with slashes, relative to the collection
	Line int    // from 1
	Text string // as it is written there, such as response("users/create"
}

// String is FILE:LINE: what stands there.
func (r Reference) String() string { return fmt.Sprintf("%s:%d: %s", r.File, r.Line, r.Text) }

// pathCall is a call that names a request, as Expr, JavaScript and the strings of TOML spell texts.
var pathCall = regexp.MustCompile("\\b(response|setNextRequest)\\s*\\(\\s*\\\\?(?:\"([^\"\\\\\\n]*)|'([^'\\n]*)|`([^`\\n]*))")

// References finds the calls of response() and setNextRequest(), in requests, settings, environments and scripts, that
// name a request of that path, or one in the folder of that path. It reads every file of the collection.
func (c *Collection) References(ctx context.Context, name string) ([]Reference, error) {
	name = Clean(name)
	var found []Reference
	look := func(dir string) error {
		list, err := c.fsys.ReadDir(c.Abs(dir))
		if err != nil {
			return nil // it is gone, or cannot be read, which the tree says
		}
		for _, entry := range list {
			if err := ctx.Err(); err != nil {
				return err
			}
			if ext := path.Ext(entry.Name()); !entry.Type().IsRegular() || ext != suffix && ext != ".js" {
				continue
			}
			file := path.Join(dir, entry.Name())
			data, err := disk.ReadFile(c.fsys, c.Abs(file))
			if err == nil {
				found = append(found, calls(file, data, name)...)
			}
		}
		return nil
	}
	for _, dir := range []string{"", EnvironmentDir} {
		if err := look(dir); err != nil {
			return nil, err
		}
	}
	for n := range c.All() {
		if n.Kind != FolderNode {
			continue
		}
		if err := look(n.Path); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// calls finds the calls in one file.
func calls(file string, data []byte, name string) []Reference {
	if !bytes.Contains(data, []byte("response")) && !bytes.Contains(data, []byte("setNextRequest")) {
		return nil
	}
	var found []Reference
	for _, at := range pathCall.FindAllSubmatchIndex(data, -1) {
		group := func(i int) string {
			if at[2*i] < 0 {
				return ""
			}
			return string(data[at[2*i]:at[2*i+1]])
		}
		called := Clean(group(2) + group(3) + group(4))
		near := called == name || strings.HasPrefix(called, name+"/") ||
			group(1) == "setNextRequest" && called == path.Base(name)
		if near {
			line := 1 + bytes.Count(data[:at[0]], []byte{'\n'})
			found = append(found, Reference{file, line, fmt.Sprintf("%s(%q)", group(1), called)})
		}
	}
	return found
}
