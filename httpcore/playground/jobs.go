package playground

import (
	"net/http"
	"strconv"
	"sync"
)

// maxJobs bounds the jobs that are remembered: the oldest are forgotten first.
const maxJobs = 10_000

// A job is work that takes a while, as an API tells of it that answers 202 and lets the client ask again.
type job struct {
	ID       string `json:"id"`
	State    string `json:"state"` // queued, running, done
	Progress int    `json:"progress"`
	Result   string `json:"result,omitempty"`
}

// jobStore counts how often each job was asked for: it goes on by being asked, and keeps no clock, so that a client that
// waits for its end does so in as many requests each time.
type jobStore struct {
	mu    sync.Mutex
	next  int
	polls map[string]*polled
	order []string // of ids, the oldest first
}

type polled struct{ asked, needed int }

func newJobStore() *jobStore { return &jobStore{polls: map[string]*polled{}} }

func (s *jobStore) reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.polls, s.order = map[string]*polled{}, nil // ids go on: a client of before must not meet a job of after
}

// begin returns a new job that is done when it was asked for so many times.
func (s *jobStore) begin(needed int) job {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.next++
	id := strconv.Itoa(s.next)
	s.polls[id] = &polled{needed: needed}
	s.order = append(s.order, id)
	if len(s.order) > maxJobs {
		delete(s.polls, s.order[0])
		s.order = s.order[1:]
	}
	return job{ID: id, State: "queued"}
}

// ask counts a question, and tells how far the job is.
func (s *jobStore) ask(id string) (job, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p, ok := s.polls[id]
	if !ok {
		return job{}, false
	}
	p.asked = min(p.asked+1, p.needed)
	j := job{ID: id, State: "running", Progress: 100 * p.asked / p.needed}
	if p.asked == p.needed {
		j.State, j.Result = "done", "/jobs/"+id+"/result"
	}
	return j, true
}

// beginJob takes work in.
func (h *Handler) beginJob(w http.ResponseWriter, r *http.Request) {
	p := paramsOf(r)
	polls := p.number("polls", 3, 1, 1000)
	if !p.ok(w) {
		return
	}
	j := h.jobs.begin(polls)
	w.Header().Set("Location", "/jobs/"+j.ID)
	answer(w, http.StatusAccepted, j)
}

// readJob tells of a job: 202 as long as it runs, 200 when it is done.
func (h *Handler) readJob(w http.ResponseWriter, r *http.Request) {
	j, ok := h.jobs.ask(r.PathValue("id"))
	if !ok {
		problem(w, http.StatusNotFound, "there is no job "+strconv.Quote(r.PathValue("id")))
		return
	}
	status := http.StatusAccepted
	if j.State == "done" {
		status = http.StatusOK
	}
	answer(w, status, j)
}
