package playground

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

var (
	errNoUser     = errors.New("no such user")
	errLoginTaken = errors.New("the login is taken")
	errTooMany    = errors.New("the playground holds no more users: delete some, or POST /reset")
)

// maxUsers keeps a forgotten loop of creates from filling the memory.
const maxUsers = 100_000

// A userStore keeps users in the order of their numbers.
type userStore struct {
	mu    sync.Mutex
	users []user
	next  int
}

func newUserStore() *userStore {
	s := &userStore{}
	s.reset()
	return s
}

func (s *userStore) reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.users = seedUsers()
	s.next = len(s.users) + 1
}

// search returns copies of the users that q matches; an empty q matches all.
func (s *userStore) search(q string) []user {
	q = strings.ToLower(q)
	s.mu.Lock()
	defer s.mu.Unlock()
	found := make([]user, 0, len(s.users))
	for i := range s.users {
		if s.users[i].matches(q) {
			found = append(found, s.users[i])
		}
	}
	return found
}

func (s *userStore) get(id string) (user, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	i, err := s.find(id)
	if err != nil {
		return user{}, err
	}
	return s.users[i], nil
}

// find wants the lock. A login wins over a number that looks the same.
func (s *userStore) find(id string) (int, error) {
	if i := s.byLogin(strings.ToLower(id)); i >= 0 {
		return i, nil
	}
	if n, err := strconv.Atoi(id); err == nil {
		if i := slices.IndexFunc(s.users, func(u user) bool { return u.ID == n }); i >= 0 {
			return i, nil
		}
	}
	return -1, fmt.Errorf("%w: %q", errNoUser, id)
}

func (s *userStore) byLogin(login string) int {
	return slices.IndexFunc(s.users, func(u user) bool { return u.Login == login })
}

func (s *userStore) create(in userInput, now time.Time) (user, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.users) >= maxUsers {
		return user{}, errTooMany
	}
	u := user{ID: s.next, Type: "User", CreatedAt: now}
	if in.Login == nil {
		login := s.freeLogin(loginFrom(in.Name))
		in.Login = &login
	}
	if err := s.put(&u, in, now); err != nil {
		return user{}, err
	}
	s.users = append(s.users, u)
	s.next++
	return u, nil
}

// freeLogin returns login, or login-2, login-3 and so on when it is taken.
func (s *userStore) freeLogin(login string) string {
	free := login
	for n := 2; s.byLogin(free) >= 0; n++ {
		suffix := "-" + strconv.Itoa(n)
		free = login[:min(len(login), maxLogin-len(suffix))] + suffix
	}
	return free
}

// update lets change make the new fields of the old user, and stores them unless it fails.
func (s *userStore) update(id string, now time.Time, change func(user) (userInput, error)) (user, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	i, err := s.find(id)
	if err != nil {
		return user{}, err
	}
	u := s.users[i]
	in, err := change(u)
	if err != nil {
		return user{}, err
	}
	if err := s.put(&u, in, now); err != nil {
		return user{}, err
	}
	s.users[i] = u
	return u, nil
}

// put wants the lock. A login that is not given stays.
func (s *userStore) put(u *user, in userInput, now time.Time) error {
	if in.Login != nil {
		if i := s.byLogin(*in.Login); i >= 0 && s.users[i].ID != u.ID {
			return fmt.Errorf("%w: %q", errLoginTaken, *in.Login)
		}
		u.Login = *in.Login
	}
	u.userFields = in.userFields
	u.UpdatedAt = now
	return nil
}

func (s *userStore) remove(id string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	i, err := s.find(id)
	if err != nil {
		return err
	}
	s.users = slices.Delete(s.users, i, i+1)
	return nil
}
