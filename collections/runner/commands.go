package runner

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"syscall"

	"parley/collections"
	"parley/collections/disk"
)

// Commands remembers the command lines of a collection that a person has allowed, by their hashes, in a file for its owner
// alone (0600 in 0700): FOLDER/COLLECTION.json. Several processes may use one at once. A nil one remembers nothing.
type Commands struct {
	fsys disk.FS
	name string
}

// NewCommands returns the memory of the collection at root below a folder, which is made when there is something to keep.
func NewCommands(fsys disk.FS, folder, root string) *Commands {
	return &Commands{fsys: fsys, name: filepath.Join(folder, collections.StateName(root)+".json")}
}

// commandsFile is what the file holds: the hashes, the oldest first.
type commandsFile struct {
	Version int      `json:"version"`
	Allowed []string `json:"allowed"`
}

const (
	// commandsVersion is the format of the file. One of a later version is left alone.
	commandsVersion = 1
	// commandsMost bounds what is remembered: the oldest is forgotten, and asked about again.
	commandsMost = 1000
)

// CommandsFileError says that it cannot be read what was allowed. The file stays as it is.
type CommandsFileError struct{ Path string }

// Error names the file.
func (e *CommandsFileError) Error() string {
	return "the commands that were allowed cannot be read from " + e.Path
}

// Hint says how to go on.
func (e *CommandsFileError) Hint() string {
	return "remove the file, and be asked about each command again"
}

func (c *Commands) read() (commandsFile, error) {
	f := commandsFile{Version: commandsVersion}
	data, err := disk.ReadFile(c.fsys, c.name)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) { // keeping something there says what is wrong
		return f, nil
	}
	if err != nil {
		return f, err
	}
	if json.Unmarshal(data, &f) != nil || f.Version != commandsVersion {
		return f, &CommandsFileError{c.name}
	}
	return f, nil
}

func hashOf(line string) string {
	sum := sha256.Sum256([]byte(line))
	return hex.EncodeToString(sum[:])
}

// Allowed reports whether a person has allowed the command line.
func (c *Commands) Allowed(line string) (bool, error) {
	if c == nil {
		return false, nil
	}
	f, err := c.read()
	return slices.Contains(f.Allowed, hashOf(line)), err
}

// Allow remembers that a person has allowed the command line.
func (c *Commands) Allow(ctx context.Context, line string) (err error) {
	if c == nil {
		return nil
	}
	if err := disk.MkdirAll(c.fsys, filepath.Dir(c.name), 0o700); err != nil {
		return err
	}
	unlock, err := disk.Lock(context.WithoutCancel(ctx), c.fsys, c.name+lockSuffix)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, disk.Wrap("unlock", c.name, unlock())) }()
	f, err := c.read()
	if err != nil {
		return err
	}
	if slices.Contains(f.Allowed, hashOf(line)) {
		return nil
	}
	f.Allowed = append(f.Allowed, hashOf(line))
	f.Allowed = f.Allowed[max(0, len(f.Allowed)-commandsMost):]
	data, err := json.MarshalIndent(f, "", "  ")
	if err != nil {
		return err
	}
	return disk.WriteFile(c.fsys, c.name, append(data, '\n'), 0o600)
}

// Consent asks a person whether a command line of a collection may be run; the error is why not.
type Consent func(ctx context.Context, line string) error

// RefusedCommandError says that a person did not want a command to be run.
type RefusedCommandError struct{ Line string }

// Error names the command.
func (e *RefusedCommandError) Error() string {
	return fmt.Sprintf("the command `%s` was not allowed", e.Line)
}

// Hint says how to go on.
func (e *RefusedCommandError) Hint() string { return "send again to be asked again" }

// command runs a command line that was allowed before, or is now. Where nobody can be asked, it is run: whoever starts an
// unattended process has looked at what it does.
func (w Workspace) command(ctx context.Context, line string) (string, error) {
	if w.Consent == nil {
		return w.Host.Command(ctx, line)
	}
	allowed, err := w.Commands.Allowed(line)
	if err != nil {
		return "", err
	}
	if !allowed {
		if err := w.Consent(ctx, line); err != nil {
			return "", err
		}
		if err := w.Commands.Allow(ctx, line); err != nil {
			return "", err
		}
	}
	return w.Host.Command(ctx, line)
}
