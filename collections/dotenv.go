package collections

import (
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"parley/collections/disk"
	"parley/collections/dotenv"
)

// DotenvFile lies beside collection.toml and holds values for env(), as [dotenv] describes. What the process environment has
// comes before it. Parley never writes it, and takes nothing from it for itself: no proxies and no certificates.
const DotenvFile = ".env"

// maxDotenv is more than any environment of a process may hold.
const maxDotenv = 1 << 20

// Dotenv is the .env file of a collection as it was read; without one it is empty.
type Dotenv struct {
	vars     []dotenv.Var
	findings []Finding
}

// Lookup returns the value of a variable and its place.
func (d Dotenv) Lookup(name string) (value string, at Pos, ok bool) {
	for _, v := range d.vars {
		if v.Name == name {
			return v.Value, dotenvLine(v.Line), true
		}
	}
	return "", Pos{}, false
}

// Names lists the variables in the order of the file.
func (d Dotenv) Names() []string {
	names := make([]string, len(d.vars))
	for i, v := range d.vars {
		names[i] = v.Name
	}
	return names
}

// Findings lists the lines that cannot be read (the others count all the same), and says whether git would share the file.
func (d Dotenv) Findings() []Finding { return d.findings }

// Unread lists the findings about lines that cannot be read, or about the whole file that cannot.
func (d Dotenv) Unread() []Finding {
	return slices.DeleteFunc(slices.Clone(d.findings), func(f Finding) bool { return f.Message == sharedByGit })
}

func dotenvLine(line int) Pos { return Pos{File: DotenvFile, Line: line, Column: 1} }

// readDotenv reads the file if there is one.
func (f files) readDotenv() Dotenv {
	text, err := f.dotenvText()
	if errors.Is(err, fs.ErrNotExist) {
		return Dotenv{}
	}
	if err != nil {
		return Dotenv{findings: []Finding{{Pos: Pos{File: DotenvFile}, Message: err.Error(), Advice: "env() reads nothing of it"}}}
	}
	vars, faults := dotenv.Parse(DotenvFile, text)
	d := Dotenv{vars: vars}
	for _, fault := range faults {
		d.findings = append(d.findings, Finding{Pos: dotenvLine(fault.Line), Message: fault.Message, Advice: fault.Hint()})
	}
	if f.gitShares(DotenvFile) {
		d.findings = append(d.findings, Finding{Pos: Pos{File: DotenvFile}, Message: sharedByGit, Advice: "a line " + DotenvFile + " in .gitignore keeps it to yourself"})
	}
	return d
}

const sharedByGit = "git does not ignore it"

// gitShares reports whether a file of the collection's folder is in a git repository of which no .gitignore, from there up,
// has a plain line about files of that name. What is ignored elsewhere, or by a pattern that is less plain, is not known.
func (f files) gitShares(name string) bool {
	for dir := f.root; ; dir = filepath.Dir(dir) {
		text, err := disk.ReadFile(f.fsys, filepath.Join(dir, ignoreFile))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return false
		}
		for line := range strings.Lines(string(text)) {
			line = strings.TrimPrefix(strings.TrimSpace(line), "**/")
			if line == name || line == name+"*" || line == "*"+name || line == "/"+name && dir == f.root {
				return false
			}
		}
		if _, err := f.fsys.Lstat(filepath.Join(dir, ".git")); err == nil {
			return true
		}
		if dir == filepath.Dir(dir) {
			return false
		}
	}
}

func (f files) dotenvText() (string, error) {
	if err := f.inside(DotenvFile); err != nil {
		return "", err
	}
	info, err := f.fsys.Lstat(f.Abs(DotenvFile))
	switch {
	case err != nil:
		return "", err
	case info.IsDir():
		return "", fs.ErrNotExist // a virtual environment of Python is often called that
	}
	data, err := disk.ReadRegular(f.fsys, f.Abs(DotenvFile), maxDotenv)
	return string(data), err
}
