package diff

import (
	"bytes"
	"context"

	"parley/httpcore/content"
)

// align finds what has become of the lines.
func (l *lines) align(ctx context.Context, r *Result) error {
	al := &aligner{ctx: ctx, a: l.a.hashes, b: l.b.hashes, budget: maxSteps}
	i, j := 0, 0
	paired := 0
	for _, m := range append(al.align(), match{len(l.a.hashes), len(l.b.hashes), 0}) {
		if m.a > i || m.b > j {
			n, err := l.gap(r, i, m.a, j, m.b, maxChanges-paired)
			if err != nil {
				return err
			}
			paired += n
		}
		l.add(Same, m.a, m.b, m.n)
		i, j = m.a+m.n, m.b+m.n
	}
	if al.coarse {
		r.add("there are too many differences to tell all of them apart")
	}
	return nil
}

// add adds a run, to the one before if it goes on from it.
func (l *lines) add(kind Kind, a, b, n int) {
	if n == 0 {
		return
	}
	if k := len(l.steps) - 1; k >= 0 {
		last := &l.steps[k]
		goesOn := (kind == Added || last.a+last.n == a) && (kind == Removed || last.b+last.n == b)
		if last.kind == kind && goesOn {
			last.n += n
			return
		}
	}
	l.steps = append(l.steps, run{kind, a, b, n})
}

// maxSeen is how much of a line is read to see what it is like.
const maxSeen = 512

// gap tells which lines between two that are alike have changed, and which came
// or went. It returns how many lines it read for that, at most most.
func (l *lines) gap(r *Result, a0, a1, b0, b1, most int) (int, error) {
	n, m := a1-a0, b1-b0
	if n == 0 || m == 0 || n+m > most || n*m > maxAlike && n != m {
		l.add(Removed, a0, b0, n)
		l.add(Added, a1, b0, m)
		return 0, nil
	}
	fa, err := l.a.words(r.A, a0, a1)
	if err != nil {
		return 0, err
	}
	fb, err := l.b.words(r.B, b0, b1)
	if err != nil {
		return 0, err
	}
	i, j := 0, 0
	for _, p := range alikeLines(fa, fb) {
		l.add(Removed, a0+i, b0+j, p[0]-i)
		l.add(Added, a0+p[0], b0+j, p[1]-j)
		l.add(Changed, a0+p[0], b0+p[1], 1)
		i, j = p[0]+1, p[1]+1
	}
	l.add(Removed, a0+i, b0+j, n-i)
	l.add(Added, a1, b0+j, m-j)
	return n + m, nil
}

// words returns the words at the start of lines.
func (t *table) words(src content.Source, from, to int) ([][]string, error) {
	list := make([][]string, to-from)
	buf := make([]byte, maxSeen)
	for i := range list {
		start, end := t.starts[from+i], t.starts[from+i+1]
		n, err := content.ReadAt(src, buf[:min(maxSeen, end-start)], start)
		if err != nil {
			return nil, err
		}
		for word := range tokens(bytes.TrimRight(buf[:n], "\r\n")) {
			list[i] = append(list[i], string(word))
		}
	}
	return list, nil
}

// alikeLines pairs lines in order so that the pairs are as alike as can be.
func alikeLines(a, b [][]string) [][2]int {
	n, m := len(a), len(b)
	var pairs [][2]int
	if n*m > maxAlike {
		for i := range a {
			if shared(a[i], b[i]) > 0 {
				pairs = append(pairs, [2]int{i, i})
			}
		}
		return pairs
	}
	scores := make([]int, n*m)
	best := make([]int, (n+1)*(m+1))
	at := func(i, j int) *int { return &best[i*(m+1)+j] }
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			score := shared(a[i], b[j])
			scores[i*m+j] = score
			*at(i, j) = max(*at(i+1, j), *at(i, j+1))
			if score > 0 {
				*at(i, j) = max(*at(i, j), score+*at(i+1, j+1))
			}
		}
	}
	for i, j := 0, 0; i < n && j < m; {
		switch score := scores[i*m+j]; {
		case score > 0 && *at(i, j) == score+*at(i+1, j+1):
			pairs = append(pairs, [2]int{i, j})
			i, j = i+1, j+1
		case *at(i, j) == *at(i+1, j):
			i++
		default:
			j++
		}
	}
	return pairs
}

// shared is how much of two lines is the same, up to 100, and 0 if that is too
// little.
func shared(a, b []string) int {
	counts := make(map[string]int, len(a))
	for _, w := range a {
		counts[w]++
	}
	n := 0
	for _, w := range b {
		if counts[w] > 0 {
			counts[w]--
			n += len(w)
		}
	}
	length := 0
	for _, list := range [][]string{a, b} {
		sum := 0
		for _, w := range list {
			sum += len(w)
		}
		length += sum
	}
	if length == 0 {
		return 1 // empty but for how they end
	}
	if percent := 200 * n / length; percent >= 40 {
		return percent
	}
	return 0
}
