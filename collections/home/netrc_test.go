package home

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"parley/collections/disk"
)

func TestNetrc(t *testing.T) {
	dir := t.TempDir()
	write := func(name string) string {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte("machine "+name), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	read := func(variables map[string]string) (string, string, error) {
		return Netrc(func(name string) string { return variables[name] }, disk.OS())()
	}
	if _, _, err := read(map[string]string{"HOME": dir}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("without a file: %v", err)
	}
	if _, _, err := read(nil); err == nil {
		t.Error("without a home there is no error")
	}
	for _, step := range []struct{ make, want string }{{"_netrc", "_netrc"}, {".netrc", ".netrc"}} {
		write(step.make)
		if file, text, err := read(map[string]string{"HOME": dir}); file != filepath.Join(dir, step.want) || text != "machine "+step.want || err != nil {
			t.Errorf("%s %q, %v", file, text, err)
		}
	}
	named := write("named")
	if file, text, err := read(map[string]string{"HOME": dir, "NETRC": named}); file != named || text != "machine named" || err != nil {
		t.Errorf("%s %q, %v", file, text, err)
	}
	if file, _, err := read(map[string]string{"HOME": dir, "NETRC": named + "x"}); file != named+"x" || !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%s, %v", file, err)
	}
	if file, text, err := read(map[string]string{"USERPROFILE": dir}); file != filepath.Join(dir, ".netrc") || text == "" || err != nil {
		t.Errorf("%s %q, %v", file, text, err)
	}
}
