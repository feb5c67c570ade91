package cli

import (
	"context"
	"io"
	"path/filepath"
	"time"

	"parley/collections/check"
	"parley/collections/disk"
	"parley/collections/home"
	"parley/collections/runner"
	"parley/collections/secrets"
	"parley/httpcore"
)

// Program is what the verbs work with. All fields but Schemes and Ring are required.
type Program struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	// IsTerminal tells whether one of the three streams is a terminal.
	IsTerminal func(stream any) bool
	// Width returns how many columns the terminal of a stream has.
	Width func(stream any) int
	// LookupEnv reads the process environment.
	LookupEnv func(name string) (string, bool)
	// Dir is the current folder, absolute; OS is runtime.GOOS.
	Dir, OS string
	FS      disk.FS
	Now     func() time.Time
	Version string
	// NewSession opens a session: a cookie jar and connections of its own. Who asked for it closes it.
	NewSession func(name string) *httpcore.Session
	// Schemes are the kinds of authentication that sessions know; without them, no schema and no check knows the keys of [auth].
	Schemes []httpcore.Scheme
	// Ring is the system's keyring; nil when there is none.
	Ring secrets.Ring
	// Workbench runs the terminal program until its user leaves it.
	Workbench Workbench
	// CheckKeys tells what is wrong with a person's keys.
	CheckKeys func(home.Home) []check.Finding
	// Doctor asks the terminal what it can do and which keys it sends; Examine tells what is known where there is none.
	Doctor, Examine func(context.Context, home.Home) error

	keeper *secrets.Keeper // made at first use
}

// Workbench runs the workbench on a workspace and returns when its user has left it.
type Workbench func(context.Context, WorkbenchOptions) error

// WorkbenchOptions are what the command line knows of a workbench that it starts.
type WorkbenchOptions struct {
	// Open opens the collection with what was chosen on the command line. It is to be called once, from any goroutine, and
	// to have returned before the workbench does. The workspace's sessions are closed by the command line.
	Open func() (*runner.Workspace, error)
	Home home.Home
	// Start is the path of the request to show first, Side the side of a request to show first where it says something;
	// both may be empty.
	Start, Side string
	// Linear draws the screen for a reader, whatever the settings say.
	Linear bool
}

// Run carries out one command line, without the program's name.
func (p *Program) Run(ctx context.Context, args []string) error {
	root := p.root()
	root.SetArgs(args)
	return root.ExecuteContext(ctx)
}

// env returns an environment variable, "" when it is not set.
func (p *Program) env(name string) string {
	value, _ := p.LookupEnv(name)
	return value
}

// abs makes a path that was typed absolute.
func (p *Program) abs(name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(p.Dir, name)
}

func (p *Program) home() (home.Home, error) { return home.Locate(p.env, p.OS) }
