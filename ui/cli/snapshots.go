package cli

import (
	"path"

	"github.com/spf13/cobra"

	"parley/collections"
	"parley/collections/expect"
	"parley/ui/safe"
)

// snapshotFlags say what becomes of bodies that differ from their snapshots.
type snapshotFlags struct{ update bool }

func (f *snapshotFlags) register(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&f.update, "update-snapshots", false, "keep what came as the snapshots that snapshot() compares with")
}

// accepts says which snapshots are kept: new ones at a person's desk, none where CI is set, for there nobody would see them.
func (p *Program) accepts(f snapshotFlags) expect.Accept {
	switch ci := p.env("CI"); {
	case f.update:
		return expect.AcceptAll
	case ci != "" && ci != "false" && ci != "0":
		return expect.AcceptNone
	default:
		return expect.AcceptNew
	}
}

// tellSnapshots says which snapshots were kept.
func (p *Program) tellSnapshots(c *checks) {
	if c == nil || c.verdict.Err != nil {
		return
	}
	for _, s := range c.verdict.Report.Snapshots {
		if s.Accepted {
			p.note("kept %s", safe.Line(path.Join(collections.SnapshotDir, c.call.Request.Path, s.File)))
		}
	}
}
