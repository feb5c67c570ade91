package collections

import (
	"context"
	"errors"
	"regexp"
	"strings"

	"parley/collections/disk"
	"parley/collections/tomldoc"
)

// secretCall is a call of secret() with a text, as Expr spells texts.
var secretCall = regexp.MustCompile("\\bsecret\\(\\s*(?:\"([^\"\\\\]*)\"|'([^'\\\\]*)'|`([^`]*)`)")

// SecretUses finds the secrets that the collection asks for by name, and where: the paths of requests, and the files of
// folders, environments and the collection itself. It reads every file; those that are not TOML are passed over.
func (c *Collection) SecretUses(ctx context.Context) (map[string][]string, error) {
	uses := map[string][]string{}
	note := func(where, file string) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		data, err := disk.ReadFile(c.fsys, c.Abs(file))
		if err != nil || !strings.Contains(string(data), "secret(") {
			return nil
		}
		doc, err := tomldoc.Parse(file, data)
		if err != nil {
			return nil
		}
		each("", doc.Root(), func(key string, v Value) bool {
			if key == "notes" {
				return true // which may tell of secret() without using it
			}
			for _, call := range secretCall.FindAllStringSubmatch(v.Text, -1) {
				name := call[1] + call[2] + call[3]
				if list := uses[name]; len(list) == 0 || list[len(list)-1] != where {
					uses[name] = append(list, where)
				}
			}
			return true
		})
		return nil
	}
	if err := note(CollectionFile, CollectionFile); err != nil {
		return nil, err
	}
	for _, e := range c.Environments {
		for _, file := range e.Files {
			if err := note(file, file); err != nil {
				return nil, err
			}
		}
	}
	for node := range c.All() {
		var outside *OutsideError
		if errors.As(node.Err, &outside) {
			continue
		}
		where, file := node.Path, node.File
		if node.Kind == FolderNode {
			file = node.Path + "/" + FolderFile
			where = file
		}
		if err := note(where, file); err != nil {
			return nil, err
		}
	}
	return uses, nil
}
