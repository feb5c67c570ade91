package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"parley/collections/home"
	"parley/collections/tomldoc"
	"parley/ui/job"
	"parley/ui/style"
)

// shape is how the screen tells its parts apart.
func (r *Root) shape() style.Shape {
	if r.options.Linear {
		return style.Linear
	}
	return style.Ruled
}

// settledBeat is how often at most something is drawn anew that goes on by itself, where nothing may move.
const settledBeat = time.Second

// beat is how long to wait before what goes on is drawn again.
func (r *Root) beat(wished time.Duration) time.Duration {
	if r.styles.Moves() {
		return wished
	}
	return max(wished, settledBeat)
}

// isNews reports whether a job says more than that time goes by and bytes arrive, or has not been drawn for a while.
func (r *Root) isNews(t *tab, was, now job.State) bool {
	return now.Phase != was.Phase || now.Notice != was.Notice || (now.Response == nil) != (was.Response == nil) ||
		(now.Waiting == nil) != (was.Waiting == nil) || (now.Lost == nil) != (was.Lost == nil) || r.now().Sub(t.told) >= settledBeat
}

func (r *Root) toggleLinear() tea.Cmd {
	r.options.Linear = !r.options.Linear
	r.restyle()
	r.arrange()
	said := "the screen has frames and signs"
	if r.options.Linear {
		said = "the screen is linear: one column, words alone"
	}
	return r.keepSetting("linear", r.options.Linear, said)
}

func (r *Root) toggleMotion() tea.Cmd {
	r.options.ReducedMotion = !r.options.ReducedMotion
	r.restyle()
	said := "motion is back"
	if r.options.ReducedMotion {
		said = "motion is reduced"
	}
	return r.keepSetting("reduced_motion", r.options.ReducedMotion, said)
}

// keepSetting writes a choice into the person's settings; what is the default is not in there.
func (r *Root) keepSetting(key string, on bool, said string) tea.Cmd {
	fsys, file := r.options.Memory.FS, r.options.ConfigFile
	return r.keepChoice(chosenSetting{key, func() error {
		if on {
			return home.Set(fsys, file, tomldoc.Boolean(true), key)
		}
		return home.Unset(fsys, file, key)
	}, said})
}
