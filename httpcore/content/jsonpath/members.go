package jsonpath

// checkEvery is how many children are visited between two looks at the context.
const checkEvery = 1 << 12

// members goes over the children of an object or array. The caller passes each
// before it asks for the next.
type members struct {
	object bool
	inside bool // a child has been passed
	at     int64
	depth  int // of the path, the own step included
	name   *name
	is     bool // the child's name is name
}

// enter steps into the object or array that peek has found.
func (r *run) enter() members {
	in := members{object: r.win[r.i] == '{', at: -1, depth: len(r.path) + 1}
	r.i++
	r.path = append(r.path, 0)
	return in
}

// resume steps into an array before its element at, which begins at offset.
func (r *run) resume(at, offset int64) members {
	r.seek(offset)
	r.path = append(r.path, 0)
	return members{at: at - 1, depth: len(r.path)}
}

// next goes to the next child. At the end it steps out and returns false.
func (in *members) next(r *run) (more bool, err error) {
	if r.children++; r.children%checkEvery == 0 {
		if err := r.ctx.Err(); err != nil {
			return false, err
		}
	}
	b, err := r.peek()
	if err != nil {
		return false, unlessEOF(err)
	}
	if b == ',' && in.inside {
		r.i++
		if b, err = r.peek(); err != nil {
			return false, unlessEOF(err)
		}
	}
	if b == ']' || b == '}' {
		r.i++
		in.leave(r)
		return false, nil
	}
	in.inside = true
	in.at++
	if in.object {
		in.at = ^r.offset()
		if in.is, err = r.skipKey(in.name); err != nil {
			return false, err
		}
		if _, err := r.peek(); err != nil {
			return false, unlessEOF(err)
		}
	}
	r.path = append(r.path[:in.depth-1], step(in.at))
	return true, nil
}

// leave forgets the path within.
func (in *members) leave(r *run) { r.path = r.path[:in.depth-1] }
