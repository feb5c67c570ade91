package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"parley/collections"
	"parley/collections/importer"
)

// newFlags are what `parley new` can be told.
type newFlags struct {
	bodyFlags
	force bool
}

func (p *Program) newVerb() *cobra.Command {
	var f newFlags
	cmd := &cobra.Command{
		Use:   "new [PATH [[METHOD] URL [ITEM...]]]",
		Short: "Make a request, a folder or a collection",
		Long: `Save a request under a path of the collection, with the folders on the way. What follows the path is what
` + "`parley send`" + ` takes: a URL with a method before it and ITEMs behind, or a curl command as one argument. Nothing is sent, and
what stands in {{ }} stays as it is. A file that an ITEM names is named from the request's place, when it lies in the collection.

A PATH with a slash at its end makes a folder. Without a PATH, the current folder (or -C DIR) becomes a collection.
Nothing is overwritten; with --force what is in the way goes to the trash (` + "`parley rm --list`" + `).`,
		Example: `  parley new
  parley new users/create POST '{{base_url}}/users' name=Ada admin:=true
  parley new search '{{base_url}}/search' q==parley Accept:application/json
  parley new login 'curl -u ada:{{password}} https://api.test/login'
  parley new admin/`,
		Args:              cobra.ArbitraryArgs,
		ValidArgsFunction: p.completeNew,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return p.newCollection(p.dir(cmd))
			}
			c, err := p.needTree(p.dir(cmd))
			if err != nil {
				return err
			}
			if strings.HasSuffix(args[0], "/") {
				return p.newFolder(c, args)
			}
			return p.newRequest(cmd.Context(), c, args[0], args[1:], f)
		},
	}
	flags := cmd.Flags()
	flags.BoolVarP(&f.form, "form", "f", false, "save fields as a form, with files as multipart")
	flags.BoolVar(&f.multipart, "multipart", false, "save fields as multipart/form-data")
	flags.Var(&f.raw, "raw", "`TEXT` of the whole body")
	flags.BoolVar(&f.force, "force", false, "put what is in the way into the trash")
	return cmd
}

// completeNew offers folders to put something in.
func (p *Program) completeNew(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveDefault // an ITEM may name a file
	}
	names, _ := p.completeFolders(cmd, nil, typed)
	for i := range names {
		names[i] += "/"
	}
	return names, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
}

func (p *Program) newCollection(dir string) error {
	if dir == "" {
		dir = p.Dir
	}
	settings := filepath.Join(dir, collections.CollectionFile)
	if _, err := p.FS.Lstat(settings); err == nil {
		return &UsageError{Message: dir + " is a collection already", Advice: "`parley new PATH` makes a request in it"}
	}
	if err := collections.Init(p.FS, dir, filepath.Base(dir)); err != nil {
		return err
	}
	p.tell("made %s", settings)
	return nil
}

func (p *Program) newFolder(c *collections.Collection, args []string) error {
	if len(args) > 1 {
		return &UsageError{Message: args[0] + " is a folder, which has no URL", Advice: "leave out the slash at its end to make a request"}
	}
	name := strings.TrimSuffix(args[0], "/")
	if err := c.CreateFolder(name); err != nil {
		return taken(name+"/", err, "")
	}
	p.tell("made %s/", collections.Clean(name))
	return nil
}

// taken says in the words of the command line that a name is.
func taken(name string, err error, advice string) error {
	if errors.Is(err, fs.ErrExist) {
		return &UsageError{Message: name + " is there already", Advice: strings.TrimPrefix(advice+"; choose another name", "; ")}
	}
	return err
}

func (p *Program) newRequest(ctx context.Context, c *collections.Collection, name string, args []string, f newFlags) error {
	if err := collections.CheckPath(name); err != nil {
		return err
	}
	request, err := p.compile(ctx, args, f.bodyFlags)
	if err != nil {
		return err
	}
	share(c, request, name)
	if f.force {
		if there, err := c.Node(name); err == nil && there.Kind != collections.FolderNode {
			if err := p.trash(c, name); err != nil {
				return err
			}
		}
	}
	made, err := c.Create(name, request)
	if err != nil {
		return taken(name, err, "--force puts it into the trash")
	}
	p.tell("made %s", made.File)
	return nil
}

// compile makes a request of the words that `send` takes.
func (p *Program) compile(ctx context.Context, args []string, f bodyFlags) (*collections.Request, error) {
	if len(args) == 0 {
		return &collections.Request{}, nil
	}
	t, rest, err := parseTarget(args, func(string) bool { return false })
	if err != nil {
		return nil, err
	}
	made := &call{request: &collections.Request{URL: typed(t.url)}}
	switch {
	case t.curl != "":
		if made.request, err = p.fromOneCurl(t.curl); err != nil {
			return nil, err
		}
	case t.url == "":
		return nil, &UsageError{
			Message: fmt.Sprintf("%q is no URL", t.saved),
			Advice:  fmt.Sprintf("http://%s would be one; `parley cp` copies a saved request", t.saved),
		}
	}
	f.ignoreStdin = true // but for @-
	if err := p.lay(ctx, made, t, rest, f); err != nil {
		return nil, err
	}
	if made.content != nil {
		made.request.Body = contentBody(made.content)
	}
	return made.request, nil
}

// contentBody is what standard input said, as a body.
func contentBody(content []byte) collections.Body {
	text := collections.Str(literal(string(content)))
	if json.Valid(content) {
		return collections.Body{Kind: collections.BodyJSON, Content: text}
	}
	return collections.Body{Kind: collections.BodyText, Content: text}
}

func (p *Program) fromOneCurl(command string) (*collections.Request, error) {
	items, err := importer.CurlWith(command, p.curlFile)
	if err != nil {
		return nil, err
	}
	if len(items) != 1 {
		return nil, &UsageError{Message: fmt.Sprintf("the curl command makes %d requests", len(items)), Advice: "name one URL in it"}
	}
	for _, note := range items[0].Notes {
		if note.Outcome == importer.Lost {
			p.warn(fmt.Errorf("%s is left out: %s", note.What, note.Why))
		}
	}
	return items[0].Request, nil
}

// share names the files of a request's body, which were named from the current folder, from its own place, where they lie
// in the collection: so they are found on another computer, too.
func share(c *collections.Collection, r *collections.Request, name string) {
	at := filepath.Dir(c.Abs(collections.Clean(name)))
	relative := func(v collections.Value) collections.Value {
		inside, err := filepath.Rel(c.Root, v.Text)
		if err != nil || !filepath.IsAbs(v.Text) || strings.Contains(v.Text, "{{") || !filepath.IsLocal(inside) {
			return v
		}
		rel, err := filepath.Rel(at, v.Text)
		if err != nil {
			return v
		}
		return collections.Str(path.Clean(filepath.ToSlash(rel)))
	}
	if r.Body.Kind == collections.BodyFile {
		r.Body.Content = relative(r.Body.Content)
	}
	for i := range r.Body.Parts {
		r.Body.Parts[i].File = relative(r.Body.Parts[i].File)
	}
}
