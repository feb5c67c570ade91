package collections

import (
	"path"
	"strings"

	"golang.org/x/sync/errgroup"
)

const localSuffix = ".local"

// environments reads environments/*.toml, each with its .local file.
func (l *loader) environments() {
	list, err := l.c.fsys.ReadDir(l.c.Abs(EnvironmentDir))
	if err != nil {
		return // listed a moment ago, gone now: there are no environments
	}
	byName := map[string]*Environment{}
	for _, entry := range list {
		name, ok := strings.CutSuffix(entry.Name(), suffix)
		if !ok || entry.IsDir() || strings.HasPrefix(name, ".") {
			continue
		}
		name = strings.TrimSuffix(name, localSuffix)
		if byName[name] == nil {
			byName[name] = &Environment{Name: name}
			l.c.Environments = append(l.c.Environments, byName[name])
		}
	}
	var work errgroup.Group
	work.SetLimit(atATime())
	for _, e := range l.c.Environments {
		work.Go(func() error { l.c.readEnvironment(e); return nil })
	}
	_ = work.Wait() // the functions return no error
}

// readEnvironment reads the shared file and then the person's own, either of which may be missing.
func (c *Collection) readEnvironment(e *Environment) {
	for _, name := range []string{e.Name, e.Name + localSuffix} {
		file := path.Join(EnvironmentDir, name+suffix)
		info, err := c.fsys.Lstat(c.Abs(file))
		if err != nil {
			continue
		}
		if info.Mode().Type() != 0 {
			if err := c.inside(file); err != nil {
				e.Err = err
				return
			}
		}
		src, err := c.readSource(file)
		if err != nil {
			e.Err = err
			return
		}
		decodeEnvironment(e, src.doc)
	}
	e.Err = firstFault(e.findings)
}
