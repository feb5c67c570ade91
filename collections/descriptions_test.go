package collections_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parley/collections"
	"parley/collections/disk"
)

func TestIsDescription(t *testing.T) {
	for name, want := range map[string]bool{
		"openapi.json": true, "openapi.yaml": true, "OpenAPI.yml": true, "swagger.json": true, "billing.openapi.yaml": true,
		"openapi.toml": false, "openapi": false, "myopenapi.json": false, "users.json": false, "swagger.yaml.bak": false,
	} {
		if collections.IsDescription(name) != want {
			t.Errorf("%s: want %v", name, want)
		}
	}
}

// inRepository is a collection in the folder api of a repository, with files of it.
func inRepository(t *testing.T, files ...string) (c *collections.Collection, repository string) {
	t.Helper()
	outer := t.TempDir()
	repository = filepath.Join(outer, "repo")
	for _, name := range append(files, "repo/.git/config", "repo/api/requests/collection.toml", "openapi.yaml") {
		file := filepath.Join(outer, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte("name = \"x\"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	c, err := collections.Open(disk.OS(), filepath.Join(repository, "api", "requests"))
	if err != nil {
		t.Fatal(err)
	}
	return c, repository
}

func namesOf(list []collections.Description) string {
	var names []string
	for _, d := range list {
		if d.Err != nil {
			d.Name += "!"
		}
		names = append(names, d.Name)
	}
	return strings.Join(names, " ")
}

// They are found in the collection and at the root of its repository, and nowhere else.
func TestDescriptions(t *testing.T) {
	c, repository := inRepository(t, "repo/swagger.json", "repo/api/openapi.yaml", "repo/other/openapi.yaml",
		"repo/api/requests/openapi.yaml", "repo/api/requests/users/v2.openapi.json", "repo/api/requests/node_modules/openapi.yaml",
		"repo/api/requests/.openapi.yaml", "repo/api/requests/environments/openapi.yaml")
	if got := namesOf(c.Descriptions(t.Context())); got != "openapi.yaml users/v2.openapi.json ../../swagger.json" {
		t.Errorf("found %s", got)
	}
	for i, d := range c.Descriptions(t.Context()) {
		if data, err := d.Read(4); err != nil || len(data) != 5 {
			t.Errorf("%d: %q, %v", i, data, err)
		}
	}
	if err := os.RemoveAll(filepath.Join(repository, ".git")); err != nil {
		t.Fatal(err)
	}
	if got := namesOf(c.Descriptions(t.Context())); got != "openapi.yaml users/v2.openapi.json" {
		t.Errorf("without a repository: %s", got)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if got := c.Descriptions(ctx); got != nil {
		t.Errorf("after the end: %v", got)
	}
}

func TestDescriptionsThatLeadOutside(t *testing.T) {
	c, repository := inRepository(t, "repo/real.yaml", "repo/api/requests/docs/real.yaml")
	for link, target := range map[string]string{
		"openapi.yaml": "../openapi.yaml", "swagger.yaml": "real.yaml",
		"api/requests/openapi.yaml": "../../real.yaml", "api/requests/swagger.yaml": "docs/real.yaml", "api/requests/gone.openapi.yaml": "nothing",
	} {
		if err := os.Symlink(target, filepath.Join(repository, filepath.FromSlash(link))); err != nil {
			t.Skip(err)
		}
	}
	c, err := c.Reload()
	if err != nil {
		t.Fatal(err)
	}
	list := c.Descriptions(t.Context())
	if got := namesOf(list); got != "gone.openapi.yaml! openapi.yaml! swagger.yaml ../../openapi.yaml! ../../swagger.yaml" {
		t.Errorf("found %s", got)
	}
	if _, err := list[1].Read(100); err == nil || !strings.Contains(err.Error(), "outside of the collection") {
		t.Errorf("%v", err)
	}
}

func TestACollectionWithoutAFolderHasNoDescriptions(t *testing.T) {
	c := &collections.Collection{Tree: &collections.Folder{}}
	if list := c.Descriptions(t.Context()); list != nil {
		t.Errorf("found %s", namesOf(list))
	}
}

func TestDescriptionsAreBounded(t *testing.T) {
	var files []string
	for i := range 30 {
		files = append(files, fmt.Sprintf("repo/api/requests/f%d/openapi.yaml", i))
	}
	c, _ := inRepository(t, files...)
	if n := len(c.Descriptions(t.Context())); n != 20 {
		t.Errorf("%d are found", n)
	}
}

func TestDescriptionsThatChange(t *testing.T) {
	c, repository := inRepository(t, "repo/api/requests/openapi.yaml")
	before := c.Descriptions(t.Context())
	if again := c.Descriptions(t.Context()); !again[0].Same(before[0]) {
		t.Error("it is another one at once")
	}
	if err := os.WriteFile(filepath.Join(repository, "api", "requests", "openapi.yaml"), []byte("longer than before"), 0o644); err != nil {
		t.Fatal(err)
	}
	if c.Descriptions(t.Context())[0].Same(before[0]) {
		t.Error("a change is not seen")
	}
	if err := os.Remove(filepath.Join(repository, "api", "requests", "openapi.yaml")); err != nil {
		t.Fatal(err)
	}
	if gone := c.Descriptions(t.Context()); gone[0].Err == nil || gone[0].Same(before[0]) {
		t.Error("it is not noticed that it is gone")
	}
	next, err := c.Reload("openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if got := namesOf(next.Descriptions(t.Context())); got != "" {
		t.Errorf("read again there is %s", got)
	}
}
