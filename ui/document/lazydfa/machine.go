package lazydfa

import (
	"encoding/binary"
	"regexp/syntax"
)

// maxMemory is roughly how many bytes the states of an automaton may take. A
// table has room for two states at least.
const maxMemory = 1 << 20

// state is where an automaton stands between two characters.
type state struct {
	threads   []uint32 // instructions that go on, the preferred first
	before    context  // what was read last
	searching bool     // a match may still begin
	matched   bool     // a match ended before what was read last
}

// stateMemory is roughly what a state takes besides its row, threads and key.
const stateMemory = 128

// dead reports whether nothing more can be found.
func (s *state) dead() bool { return len(s.threads) == 0 && !s.searching }

const (
	// unknown stands in the table where no one has been.
	unknown = 0
	// special marks states that match or are dead.
	special = -1 << 31
	where   = 1<<31 - 1
)

// automaton is a program with the states that are known of it. A state is
// called by the place of its row in the table.
type automaton struct {
	*program
	stride int
	table  []int32
	states []state
	known  map[string]int32
	starts [word + 1]int32
	memory int

	queue queue
	stack []uint32
	key   []byte
	work  int // done since it was last asked whether to stop
}

func newAutomaton(p *program) *automaton {
	a := &automaton{program: p, stride: p.classes.count(), queue: newQueue(len(p.insts))}
	a.forget()
	return a
}

// forget drops all states. Row 0 is no one's, as 0 means unknown.
func (a *automaton) forget() {
	a.table = append(a.table[:0], make([]int32, a.stride)...)
	a.states = append(a.states[:0], state{})
	a.known = map[string]int32{}
	a.starts = [word + 1]int32{}
	a.memory = 0
}

// start returns the state in which reading begins behind a context.
func (a *automaton) start(before context) int32 {
	if !a.looks {
		before = other
	}
	if a.starts[before] == unknown {
		s := state{before: before, searching: !a.longest}
		if a.longest {
			s.threads = []uint32{a.program.start}
		}
		at := a.intern(s) // which may forget
		a.starts[before] = at
	}
	return a.starts[before] & where
}

// step returns the state that a class leads to, with special if it is.
func (a *automaton) step(from int32, class int) int32 {
	if next := a.table[int(from)+class]; next != unknown {
		return next
	}
	states := len(a.states)
	next := a.intern(a.next(&a.states[int(from)/a.stride], class))
	if len(a.states) >= states { // else all rows are new
		a.table[int(from)+class] = next
	}
	return next
}

// intern returns a state, which is made if it is not known.
func (a *automaton) intern(s state) int32 {
	a.key = append(a.key[:0], byte(s.before))
	if s.searching {
		a.key[0] |= 1 << 4
	}
	if s.matched {
		a.key[0] |= 1 << 5
	}
	for _, pc := range s.threads {
		a.key = binary.AppendUvarint(a.key, uint64(pc))
	}
	if at, ok := a.known[string(a.key)]; ok {
		return at
	}
	cost := 4*a.stride + 4*len(s.threads) + len(a.key) + stateMemory
	if a.memory+cost > maxMemory && len(a.states) > 2 {
		a.forget()
	}
	a.memory += cost
	at := int32(len(a.table))
	a.table = append(a.table, make([]int32, a.stride)...)
	s.threads = append([]uint32(nil), s.threads...)
	a.states = append(a.states, s)
	a.work += a.stride + 32
	if s.matched || s.dead() {
		at |= special
	}
	a.known[string(a.key)] = at
	return at
}

// next makes the state that a class leads to.
func (a *automaton) next(s *state, class int) state {
	r := rune(-1)
	if class < a.classes.end() {
		r = a.classes.runes[class]
	}
	matched := a.follow(s, r)
	to := state{matched: matched, searching: s.searching && !matched}
	if a.looks {
		to.before = contextOf(r)
	}
	if r < 0 {
		return state{matched: matched}
	}
	threads := a.queue.spare[:0]
	for _, pc := range a.queue.pcs {
		if in := &a.insts[pc]; in.MatchRune(r) {
			threads = append(threads, in.Out)
		}
	}
	a.queue.spare = threads
	to.threads = threads
	return to
}

// follow puts the instructions that take a character into the queue, and
// reports whether a match ends here. What is preferred less than a match is
// left out, unless the longest is asked for.
func (a *automaton) follow(s *state, r rune) (matched bool) {
	flags := syntax.EmptyOp(0)
	if a.looks {
		flags = syntax.EmptyOpContext(s.before.rune(), contextOf(r).rune())
	}
	a.queue.clear()
	for _, pc := range s.threads {
		if a.add(pc, flags) {
			matched = true
			if !a.longest {
				return true
			}
		}
	}
	return s.searching && a.add(a.program.start, flags) || matched
}

// add follows an instruction to those that take a character.
func (a *automaton) add(pc uint32, flags syntax.EmptyOp) (matched bool) {
	a.stack = append(a.stack[:0], pc)
	for len(a.stack) > 0 {
		pc := a.stack[len(a.stack)-1]
		a.stack = a.stack[:len(a.stack)-1]
		if !a.queue.visit(pc) {
			continue
		}
		a.work++
		switch in := &a.insts[pc]; in.Op {
		case syntax.InstAlt, syntax.InstAltMatch:
			a.stack = append(a.stack, in.Arg, in.Out)
		case syntax.InstCapture, syntax.InstNop:
			a.stack = append(a.stack, in.Out)
		case syntax.InstEmptyWidth:
			if syntax.EmptyOp(in.Arg)&^flags == 0 {
				a.stack = append(a.stack, in.Out)
			}
		case syntax.InstMatch:
			matched = true
			if !a.longest {
				return true
			}
		case syntax.InstFail:
		default:
			a.queue.pcs = append(a.queue.pcs, pc)
		}
	}
	return matched
}

// queue holds instructions, in order and each once.
type queue struct {
	seen  []uint32 // when an instruction was last visited
	now   uint32
	pcs   []uint32
	spare []uint32
}

func newQueue(n int) queue { return queue{seen: make([]uint32, n)} }

func (q *queue) clear() {
	q.pcs = q.pcs[:0]
	if q.now++; q.now == 0 {
		clear(q.seen)
		q.now = 1
	}
}

func (q *queue) visit(pc uint32) bool {
	if q.seen[pc] == q.now {
		return false
	}
	q.seen[pc] = q.now
	return true
}
