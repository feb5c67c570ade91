package ui

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"parley/collections"
	"parley/collections/importer"
	"parley/httpcore"
	"parley/themes"
	"parley/ui/action"
	"parley/ui/overlay"
	"parley/ui/safe"
	"parley/ui/widget"
)

// sourceMost bounds what is read of a source, filesOffered how many files are listed at once.
const (
	sourceMost   = 32 << 20
	filesOffered = 200
)

// importFrom asks where requests come from: one line takes a file's path, which is completed, a URL, or the text itself.
func (r *Root) importFrom() tea.Cmd {
	var picker *overlay.Picker
	search := func(query string) tea.Cmd { return r.offerSources(picker, query) }
	picker = overlay.NewPicker(overlay.PickerOptions{
		Title: "Import", Placeholder: "a file, a URL, or paste a curl command", Wide: true,
		Empty: "No file is called that. Paste a curl command, or type a path or a URL.", Search: search,
	}, nil)
	r.overlays.Push(picker)
	return search("")
}

// offerSources lists what a line can mean.
func (r *Root) offerSources(picker *overlay.Picker, query string) tea.Cmd {
	query = strings.TrimLeft(query, " ")
	one := func(text string, read func(context.Context) (string, error)) tea.Cmd {
		picker.SetEntries([]overlay.Entry{{
			Text: text, Badge: "›", BadgeRole: themes.Accent, Pick: func() tea.Cmd { return r.readSource(safe.Truncate(query, 60), read) },
		}})
		return nil
	}
	for _, format := range importer.All() {
		if format.Sniff(query) {
			return one("Import this "+format.Name+" text", func(context.Context) (string, error) { return query, nil })
		}
	}
	if strings.HasPrefix(query, "http://") || strings.HasPrefix(query, "https://") {
		session := r.work.Sessions.Get(r.sessionName())
		return one("Fetch "+query, func(ctx context.Context) (string, error) { return fetchSource(ctx, session, query) })
	}
	return r.Background(func() func() tea.Cmd {
		files := filesLike(query)
		return func() tea.Cmd {
			if strings.TrimLeft(picker.Query(), " ") == query {
				picker.SetEntries(r.fileEntries(files))
			}
			return nil
		}
	})
}

// sourceFile is a file or a folder that a path can be completed to.
type sourceFile struct {
	path   string
	folder bool
}

// filesLike lists what begins as a path does that was typed.
func filesLike(typed string) []sourceFile {
	dir, begin := path.Split(filepath.ToSlash(typed))
	entries, err := os.ReadDir(filepath.FromSlash(first(filePath(dir), ".")))
	if err != nil {
		return nil // half a path is often none yet
	}
	var files []sourceFile
	for _, e := range entries {
		hidden := strings.HasPrefix(e.Name(), ".") && !strings.HasPrefix(begin, ".")
		if hidden || !strings.HasPrefix(strings.ToLower(e.Name()), strings.ToLower(begin)) || len(files) == filesOffered {
			continue
		}
		files = append(files, sourceFile{dir + e.Name(), e.IsDir()})
	}
	return files
}

// fileEntries lists files to read; a folder leads to what is in it.
func (r *Root) fileEntries(files []sourceFile) []overlay.Entry {
	entries := make([]overlay.Entry, len(files))
	for i, f := range files {
		entries[i] = overlay.Entry{Text: f.path, Badge: " ", BadgeRole: themes.Accent, Pick: func() tea.Cmd {
			return r.readSource(safe.Truncate(f.path, 60), func(context.Context) (string, error) { return readSourceFile(filePath(f.path)) })
		}}
		if f.folder {
			entries[i].Text, entries[i].Badge = f.path+"/", "▸"
			entries[i].Pick = func() tea.Cmd {
				var picker *overlay.Picker
				search := func(query string) tea.Cmd { return r.offerSources(picker, query) }
				picker = overlay.NewPicker(overlay.PickerOptions{
					Title: "Import", Placeholder: "a file, a URL, or paste a curl command", Wide: true, Query: f.path + "/",
					Empty: "There is nothing in it.", Search: search,
				}, nil)
				r.overlays.Push(picker)
				return search(f.path + "/")
			}
		}
	}
	return entries
}

func readSourceFile(name string) (string, error) {
	info, err := os.Stat(name)
	if err != nil {
		return "", err
	}
	if !info.Mode().IsRegular() || info.Size() > sourceMost {
		return "", fmt.Errorf("%s is no file of at most %d MB", name, sourceMost>>20)
	}
	text, err := os.ReadFile(name)
	return string(text), err
}

// fetchSource gets a source through the engine, with nothing of the collection's headers and auth: it may be anybody's.
func fetchSource(ctx context.Context, session *httpcore.Session, url string) (_ string, err error) {
	options := httpcore.DefaultOptions()
	options.Fail, options.Decode.MaxSize = true, sourceMost
	prepared, err := session.Prepare(ctx, &httpcore.Request{Method: "GET", URL: url, Options: options})
	if err != nil {
		return "", err
	}
	x, err := session.Do(ctx, prepared, nil)
	defer func() { err = errors.Join(err, x.Close()) }()
	if err != nil {
		return "", err
	}
	body := x.Response().Body
	if body.Size() > sourceMost {
		return "", fmt.Errorf("%s is larger than %d MB", url, sourceMost>>20)
	}
	text, err := io.ReadAll(io.NewSectionReader(body, 0, body.Size()))
	return string(text), err
}

var errNoFormat = errors.New("nothing in it that Parley can import: a curl command is read")

// readSource reads a source off the screen's goroutine, and shows what it has. It can be left while it is read.
func (r *Root) readSource(name string, read func(context.Context) (string, error)) tea.Cmd {
	ctx, cancel := context.WithCancel(r.ctx)
	var screen *overlay.Screen
	stop := func(int) tea.Cmd {
		cancel()
		screen.Close()
		return nil
	}
	screen = overlay.NewScreen(overlay.ScreenOptions{
		Title: "Import " + name, Titles: [3]string{"Request", "Method and URL", "What becomes of it"}, Empty: "Reading…", Tips: []overlay.Tip{{Key: "esc", Word: "stop"}},
		Rows: func() []widget.Entry { return nil },
		Do:   map[action.ID]func(int) tea.Cmd{action.Escape: stop, action.Interrupt: stop},
	})
	r.overlays.Push(screen)
	return r.Background(func() func() tea.Cmd {
		defer cancel()
		text, err := read(ctx)
		var items []importer.Item
		if err == nil {
			err = errNoFormat
			for _, format := range importer.All() {
				if format.Sniff(text) {
					items, err = format.Import(text)
					break
				}
			}
		}
		return func() tea.Cmd {
			if screen.Done() {
				return nil
			}
			screen.Close()
			r.overlays.Drop()
			if err != nil {
				return r.fail(err)
			}
			return r.previewImport(name, items)
		}
	})
}

// previewImport tells of each request what is kept, changed and lost, and why, before anything is written.
func (r *Root) previewImport(name string, items []importer.Item) tea.Cmd {
	var screen *overlay.Screen
	var of []int // of each row, the item that it is about
	out := make([]bool, len(items))
	screen = overlay.NewScreen(overlay.ScreenOptions{
		Title: "Import " + name, Titles: [3]string{"Request", "Method and URL", "What becomes of it"}, Notes: 35,
		Empty: "There is no request in it.",
		Status: func() string {
			counts := [3]int{}
			for i, item := range items {
				if !out[i] {
					counts[item.Outcome()]++
				}
			}
			return fmt.Sprintf("%d kept, %d changed, %d with something lost", counts[importer.Kept], counts[importer.Changed], counts[importer.Lost])
		},
		Tips: r.keysOf(keyWord{action.Open, "import"}, keyWord{action.Toggle, "leave out"}, keyWord{action.Find, "filter"}, keyWord{action.Escape, "close"}),
		Rows: func() (rows []widget.Entry) {
			of = of[:0]
			for i, item := range items {
				q := item.Request
				row := widget.Entry{Name: (&tab{draft: q}).suggestedName(), Value: (&tab{draft: q}).method() + " " + q.URL.Text, Note: item.Outcome().String(), Off: out[i]}
				if out[i] {
					row.Note = "left out"
				}
				rows, of = append(rows, row), append(of, i)
				for _, note := range item.Notes {
					rows, of = append(rows, widget.Entry{Name: "  " + note.Outcome.String(), Value: note.What, Note: note.Why}), append(of, i)
				}
			}
			return rows
		},
		Do: map[action.ID]func(int) tea.Cmd{
			action.Toggle: func(row int) tea.Cmd {
				if row >= 0 {
					out[of[row]] = !out[of[row]]
				}
				return nil
			},
			action.Open: func(int) tea.Cmd {
				var wanted []importer.Item
				for i, item := range items {
					if !out[i] {
						wanted = append(wanted, item)
					}
				}
				if len(wanted) == 0 {
					return r.notify(info("every request is left out"))
				}
				screen.Close()
				return r.importInto(wanted)
			},
		},
	})
	r.overlays.Push(screen)
	return nil
}

// importInto asks for the folder that the requests go to.
func (r *Root) importInto(items []importer.Item) tea.Cmd {
	folder := ""
	if t := r.tab(); !t.untitled() {
		folder = collections.FolderOf(t.place())
	}
	r.overlays.Push(overlay.NewPrompt(overlay.PromptOptions{
		Title: fmt.Sprintf("Import %d into", len(items)), Label: "Folder of the collection, made if there is none; empty is the collection itself", Value: folder, Accept: "import",
		Check: func(folder string) error {
			if strings.TrimSpace(folder) == "" {
				return nil
			}
			return collections.CheckPath(collections.Clean(folder))
		},
		Answer: func(folder string) tea.Cmd { return r.writeImport(collections.Clean(strings.TrimSpace(folder)), items) },
	}))
	return nil
}

// writeImport writes the requests under free names, and shows them in the tree. It is one change, which undo takes back.
func (r *Root) writeImport(folder string, items []importer.Item) tea.Cmd {
	ctx, trash := r.ctx, r.options.Trash
	var made []string
	write := func(c *collections.Collection) func() (tea.Cmd, error) {
		now, err := writeItems(ctx, c, folder, items)
		return func() (tea.Cmd, error) {
			made = now
			return nil, err
		}
	}
	remove := func(c *collections.Collection) func() (tea.Cmd, error) {
		err := deleteAll(c, made, trash)
		return func() (tea.Cmd, error) { return nil, err }
	}
	return r.queued(func() tea.Cmd {
		return r.begin(write, func(err error) tea.Cmd {
			if len(made) == 0 {
				return r.fail(err)
			}
			what := fmt.Sprintf("the import of %d requests", len(made))
			if len(made) == 1 {
				what = "the import of " + made[0]
			}
			r.organised.did(fileChange{what: what, back: remove, again: write})
			r.sidebar.SetCurrent(made[0])
			said := []tea.Cmd{r.reload(), r.notify(success(fmt.Sprintf("imported %d of %d · %s takes it back", len(made), len(items), r.undoKey())))}
			if err != nil {
				said = append(said, r.fail(err))
			}
			return tea.Batch(said...)
		})
	})
}

// writeItems writes requests, and returns the paths that they got. It ends at the first that cannot be written.
func writeItems(ctx context.Context, c *collections.Collection, folder string, items []importer.Item) (made []string, err error) {
	for _, item := range items {
		if ctx.Err() != nil {
			return made, ctx.Err()
		}
		wanted := path.Join(folder, (&tab{draft: item.Request}).suggestedName())
		name := c.FreeName(wanted)
		for i := 2; slices.Contains(made, name); i++ {
			name = c.FreeName(fmt.Sprintf("%s %d", wanted, i))
		}
		saved, err := c.Create(name, item.Request)
		if err != nil {
			return made, err
		}
		made = append(made, saved.Path)
	}
	return made, nil
}

// deleteAll moves requests to the trash.
func deleteAll(c *collections.Collection, paths []string, trash string) error {
	now, err := fresh(c, paths...)
	if err != nil {
		return err
	}
	for _, name := range paths {
		if _, err := now.Delete(name, trash); err != nil {
			return err
		}
	}
	return nil
}
