package disktest

import (
	"fmt"
	"testing"

	"parley/collections/disk"
)

// Loss is what a crash takes with it.
type Loss int

const (
	// Killed: the process died and the kernel lived; nothing that was handed to it is lost.
	Killed Loss = iota
	// PowerCut: only what was synced is there, names as well as contents.
	PowerCut
	// Reordered: names reached the disk before contents did, as file systems with delayed allocation do it.
	Reordered
)

func (l Loss) String() string { return [...]string{"killed", "power cut", "reordered"}[l] }

// Crash returns the file system as it is found at the next start.
func (m *Mem) Crash(loss Loss) *Mem {
	m.mu.Lock()
	defer m.mu.Unlock()
	return &Mem{root: m.root.after(loss, map[*node]*node{}), locked: map[*node]bool{}}
}

// after copies a node as it survives; seen keeps two names of one file one file.
func (n *node) after(loss Loss, seen map[*node]*node) *node {
	if c, ok := seen[n]; ok {
		return c
	}
	c := &node{mode: n.mode, data: n.data, synced: n.data}
	seen[n] = c
	if loss != Killed {
		c.data, c.synced = n.synced, n.synced
	}
	if n.entries == nil {
		return c
	}
	names := n.entries
	if loss == PowerCut {
		names = n.stable
	}
	c.entries, c.stable = map[string]*node{}, map[string]*node{}
	for name, child := range names {
		c.entries[name] = child.after(loss, seen)
		c.stable[name] = c.entries[name]
	}
	return c
}

// EachCrash runs act once for every step it takes and every kind of loss, with a crash at that step, and once to the
// end. prepare makes the state before (it is made durable); check looks at the state after, where done says that act
// had returned nil, so that what it promised must be there. A half-written last write is among the crashes tried.
func EachCrash(t *testing.T, prepare, act func(disk.FS) error, check func(t *testing.T, found disk.FS, done bool)) {
	t.Helper()
	for step := 1; ; step++ {
		crashed := false
		for _, loss := range []Loss{Killed, PowerCut, Reordered} {
			for _, tear := range []bool{false, true} {
				m := NewMem()
				if err := prepare(m); err != nil {
					t.Fatal(err)
				}
				m = m.Crash(Killed) // everything prepared is durable
				f := Wrap(m)
				f.CrashAt(step, tear)
				err := act(f)
				crashed = f.Crashed()
				if !crashed && err != nil {
					t.Fatalf("without a crash: %v", err)
				}
				name := fmt.Sprintf("%s, torn %v, at step %d %v", loss, tear, step, f.last())
				t.Run(name, func(t *testing.T) { check(t, m.Crash(loss), err == nil) })
			}
		}
		if !crashed {
			return
		}
	}
}
