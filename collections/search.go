package collections

import (
	"bytes"
	"context"
	"regexp"
	"runtime"
	"strings"
	"unicode/utf8"

	"golang.org/x/sync/errgroup"

	"parley/collections/tomldoc"
)

// Hit is a place in the collection where a text was found.
type Hit struct {
	// Path is what is opened to see it: a request, settings as [SettingsPath] calls them. Environment names the environment
	// in whose file it is instead.
	Path, Environment string
	// File is where it is, relative to the collection; Method is that of a request, if it is known.
	File, Method string
	// Line counts from 1; 0 means that the name of the file was found.
	Line int
	// Text is the line, or the path, without what is around it; the found text is Text[From:To].
	Text     string
	From, To int
	// Key is what the file calls the value: "url", "headers.Accept", "body.json".
	Key string
}

// Search looks for a text, without regard to case, in all files of a collection and in their names, as they are when it gets
// to them. It goes on from where it was: [Search.Next] does a bounded piece of it, so that the first results are there at
// once and nobody waits for the last. A Search belongs to one goroutine at a time.
type Search struct {
	c     *Collection
	text  *regexp.Regexp
	files []searched
	at    int
}

type searched struct{ path, environment, file, method string }

// The bounds of a search.
const (
	searchPiece     = 400     // files that Next reads
	hitsInFile      = 50      // that are looked at in one; of a line, the first is told
	searchedMost    = 1 << 20 // of a file
	searchLine      = 160     // bytes of a line that are told
	searchLineAhead = 40      // of them before what was found
)

// Find begins a search.
func (c *Collection) Find(text string) *Search {
	text = strings.ToValidUTF8(text, "\uFFFD") // an expression is text
	s := &Search{c: c, text: regexp.MustCompile("(?i)" + regexp.QuoteMeta(text))}
	s.addSettings(c.Tree)
	for n := range c.All() {
		switch n.Kind {
		case FolderNode:
			s.addSettings(n.Folder)
		default:
			s.files = append(s.files, searched{path: n.Path, file: n.File, method: n.Method})
		}
	}
	for _, e := range c.Environments {
		for _, file := range e.Files {
			s.files = append(s.files, searched{environment: e.Name, file: file})
		}
	}
	return s
}

func (s *Search) addSettings(f *Folder) {
	if own := f.Settings(); own != nil {
		s.files = append(s.files, searched{path: SettingsPath(f.Path), file: own.File})
	}
}

// Next looks at some more files and returns what it found in them, in the order of the tree; done says that there are none
// left. What cannot be read is passed over: the tree says so.
func (s *Search) Next(ctx context.Context) (hits []Hit, done bool) {
	piece := s.files[s.at:min(len(s.files), s.at+searchPiece)]
	found := make([][]Hit, len(piece))
	var work errgroup.Group
	work.SetLimit(2 * runtime.GOMAXPROCS(0))
	for i, file := range piece {
		if ctx.Err() != nil {
			break
		}
		work.Go(func() error {
			found[i] = s.look(file)
			return nil
		})
	}
	_ = work.Wait() // the functions return no error
	for _, list := range found {
		hits = append(hits, list...)
	}
	s.at += len(piece)
	return hits, s.at >= len(s.files) || ctx.Err() != nil
}

// look searches one file.
func (s *Search) look(f searched) []Hit {
	hit := Hit{Path: f.path, Environment: f.environment, File: f.file, Method: f.method}
	var hits []Hit
	name := f.path
	if name == "" || f.environment != "" {
		name = f.file
	}
	if at := s.text.FindStringIndex(name); at != nil {
		hit.Text, hit.From, hit.To = name, at[0], at[1]
		hits = append(hits, hit)
	}
	text, err := s.c.ReadFile(f.file)
	if err != nil || len(text) > searchedMost {
		return hits
	}
	at, line, counted := s.text.FindAllIndex(text, hitsInFile), 1, 0
	if at == nil {
		return hits
	}
	keys := keysOf(f.file, text)
	for _, span := range at {
		line += bytes.Count(text[counted:span[0]], []byte{'\n'})
		counted = span[0]
		if line == hit.Line { // told already
			continue
		}
		hit.Line, hit.Key = line, keys.at(line)
		hit.cut(text, span[0], span[1])
		hits = append(hits, hit)
	}
	return hits
}

// cut takes out of a text the line with what was found in it, and no more than can be shown.
func (h *Hit) cut(text []byte, from, to int) {
	start := max(bytes.LastIndexByte(text[:from], '\n')+1, from-searchLineAhead)
	end := min(len(text), start+searchLine)
	if newline := bytes.IndexByte(text[from:end], '\n'); newline >= 0 {
		end = from + newline
	}
	for start < from && (text[start] == ' ' || text[start] == '\t' || !utf8.RuneStart(text[start])) {
		start++
	}
	h.Text = strings.ToValidUTF8(strings.TrimRight(string(text[start:end]), "\r"), "�")
	h.From, h.To = min(len(h.Text), from-start), min(len(h.Text), to-start)
}

// keyLines are the keys of a file with the lines that they begin on.
type keyLines []struct {
	line int
	key  string
}

// keysOf reads the keys of a file: those of its tables, and those in them.
func keysOf(file string, text []byte) keyLines {
	doc, err := tomldoc.Parse(file, text)
	if err != nil {
		return nil
	}
	var keys keyLines
	add := func(line int, key string) {
		keys = append(keys, struct {
			line int
			key  string
		}{line, key})
	}
	for _, p := range doc.Root().Pairs {
		add(p.KeyPos.Line, p.Key)
		for _, below := range p.Value.Pairs {
			add(below.KeyPos.Line, p.Key+"."+below.Key)
		}
	}
	return keys
}

// at is the key whose value a line belongs to.
func (k keyLines) at(line int) string {
	best, key := 0, ""
	for _, candidate := range k {
		if candidate.line <= line && candidate.line >= best {
			best, key = candidate.line, candidate.key
		}
	}
	return key
}
