package ui

import (
	"context"
	"errors"
	"io/fs"
	"os/exec"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"parley/collections"
	"parley/collections/home"
	"parley/ui/pane"
)

// around tells what lies between Parley and the terminal.
func around(ctx context.Context, place Place) chapter {
	var list []finding
	if place.Env("TMUX") != "" {
		list = append(list, insideTmux(func(args ...string) (string, error) { return askTmux(ctx, args...) })...)
	}
	if place.Env("STY") != "" {
		list = append(list, unsure("tmux lets more through", "inside GNU screen, long texts are not copied, and there are no pictures and fewer keys"))
	}
	if place.Env("SSH_TTY") != "" || place.Env("SSH_CONNECTION") != "" {
		list = append(list, unsure("what is copied goes through the terminal to the machine that you sit at", "this is another machine, over SSH"))
	}
	if len(list) == 0 {
		list = append(list, good("neither tmux nor screen nor SSH lies between"))
	}
	return chapter{"Between", list}
}

// askTime bounds a question to tmux.
const askTime = 2 * time.Second

func askTmux(ctx context.Context, args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, askTime)
	defer cancel()
	out, err := exec.CommandContext(ctx, "tmux", args...).Output()
	return strings.TrimSpace(string(out)), err
}

// tmuxOptions are options of tmux that keep something from Parley unless they are set.
var tmuxOptions = []struct {
	ask        []string
	good       func(value string) bool
	set, gives string
}{
	{[]string{"show-options", "-sv", "extended-keys"}, isOneOf("on", "always"), "set -s extended-keys on", "keys such as ctrl+enter"},
	{[]string{"show-options", "-gwv", "allow-passthrough"}, isOneOf("on", "all"), "set -g allow-passthrough on", "pictures"},
	{[]string{"show-options", "-sv", "set-clipboard"}, isOneOf("on", "external"), "set -s set-clipboard on", "copying to the clipboard outside"},
	{[]string{"show-options", "-sv", "escape-time"}, isAtMost(50), "set -s escape-time 10", "esc without a wait"},
	{[]string{"show-options", "-sv", "focus-events"}, isOneOf("on"), "set -s focus-events on", "knowing whether you look here"},
}

func isOneOf(values ...string) func(string) bool {
	return func(value string) bool { return slices.Contains(values, value) }
}

func isAtMost(most int) func(string) bool {
	return func(value string) bool {
		n, err := strconv.Atoi(value)
		return err == nil && n <= most
	}
}

// insideTmux asks tmux for its options.
func insideTmux(ask func(args ...string) (string, error)) []finding {
	var list []finding
	for _, o := range tmuxOptions {
		name := o.ask[len(o.ask)-1]
		value, err := ask(o.ask...)
		switch {
		case err != nil:
			list = append(list, unsure("in tmux.conf: "+o.set, "tmux has not said what %s is, which is for %s", name, o.gives))
		case o.good(value):
			list = append(list, good("tmux has %s %s, for %s", name, value, o.gives))
		default:
			list = append(list, bad("in tmux.conf: "+o.set, "tmux has %s %s, in the way of %s", name, first(value, "unset"), o.gives))
		}
	}
	return list
}

// settled tells what a person has set, and where it is kept.
func settled(place Place, config home.Config) chapter {
	var list []finding
	_, broken := home.Load(place.FS, place.Home.ConfigFile())
	if broken != nil {
		list = append(list, ofErrors(broken)...)
	}
	for _, f := range CheckKeys(place) {
		if f.Severity == collections.Fault {
			list = append(list, bad(f.Advice, "%s", f.Error()))
		}
	}
	if _, err := place.FS.Lstat(place.Home.ConfigFile()); errors.Is(err, fs.ErrNotExist) {
		list = append(list, unsure("", "there is no %s: all is as it is at first", place.Home.ConfigFile()))
	} else if len(list) == 0 {
		list = append(list, good("%s has no mistakes", place.Home.ConfigFile()))
	}
	list = append(list, choice("linear", config.Linear, "the screen is drawn for reading from top to bottom"),
		choice("reduced_motion", config.ReducedMotion, "nothing moves that only shows that time goes by"))
	for _, folder := range []string{place.Home.Config, place.Home.State, place.Home.Cache} {
		list = append(list, ofFolder(place, folder))
	}
	return chapter{"Settings and files", append(list, unsure("", "files of a collection are checked by parley config check"))}
}

func ofErrors(err error) []finding {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		var list []finding
		for _, one := range joined.Unwrap() {
			list = append(list, ofErrors(one)...)
		}
		return list
	}
	told := pane.Failed(err)
	return []finding{bad(told.Hint, "%s", told.Text)}
}

// choice tells of a setting that is on or off.
func choice(key string, on bool, what string) finding {
	if on {
		return good("%s is on: %s", key, what)
	}
	return unsure("", "%s is off", key)
}

// ofFolder tells whether a folder is its owner's alone.
func ofFolder(place Place, folder string) finding {
	info, err := place.FS.Lstat(folder)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return unsure("", "%s is made when it is needed", folder)
	case err != nil:
		return bad("", "%s cannot be looked at: %v", folder, err)
	case !info.IsDir():
		if target, err := place.FS.Resolve(folder); err == nil && target != folder {
			return ofFolder(place, target)
		}
		return bad("move it away", "%s is no folder", folder)
	case runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0:
		return bad("chmod 700 "+folder, "%s can be entered by others: its mode is %04o", folder, info.Mode().Perm())
	default:
		return good("%s is yours alone: its mode is %04o", folder, info.Mode().Perm())
	}
}
