package secrets

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"parley/collections/disk"
	"parley/collections/env"
	"parley/httpcore"
)

// remembered is how long a value is used that was looked up: another program may change it.
const remembered = 30 * time.Second

// Options are what a Keeper works with.
type Options struct {
	FS disk.FS
	// Dir is the folder of the encrypted file, which is made when there is something to keep.
	Dir string
	// Environ looks for PARLEY_SECRET_NAME.
	Environ env.Environ
	// Ring is the keyring; nil when there is none.
	Ring Ring
	// Ask asks for a passphrase; nil when nobody can be asked.
	Ask Ask
	Now func() time.Time
	// After is time.After.
	After func(time.Duration) <-chan time.Time
	// Work is the cost of a new passphrase's use, as a power of two; 0 is what age thinks right.
	Work int
}

// Keeper finds and keeps secrets. It is an env.Provider.
type Keeper struct {
	environ env.Environ
	ring    *ringStore
	file    *fileStore
	now     func() time.Time

	mu    sync.Mutex
	ask   Ask
	cache map[string]cached
}

type cached struct {
	value string
	until time.Time
}

// NewKeeper returns a Keeper. It opens nothing.
func NewKeeper(o Options) *Keeper {
	k := &Keeper{environ: o.Environ, now: o.Now, ask: o.Ask, cache: map[string]cached{}}
	f := folder{o.FS, o.Dir}
	k.ring = newRingStore(o.Ring, f, o.After)
	k.file = newFileStore(f, k.ring, k.askPassphrase)
	k.file.work = o.Work
	return k
}

// AskWith has another one ask for passphrases from now on.
func (k *Keeper) AskWith(ask Ask) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.ask = ask
}

func (k *Keeper) askPassphrase(ctx context.Context, q Question) (string, error) {
	k.mu.Lock()
	ask := k.ask
	k.mu.Unlock()
	if ask == nil || ctx.Value(quiet{}) != nil {
		return "", ErrNobody
	}
	return ask(ctx, q)
}

func (k *Keeper) stores() []Store { return []Store{k.ring, k.file} }

// Secret implements env.Provider. A store that cannot be asked is passed over; when no other has the secret, the error
// tells of it.
func (k *Keeper) Secret(ctx context.Context, name string) (string, bool, error) {
	if value, ok, err := k.environ.Secret(ctx, name); ok || err != nil {
		return value, ok, err
	}
	if value, ok := k.recall(name); ok {
		return value, true, nil
	}
	var problems []error
	for _, store := range k.stores() {
		value, found, err := store.Look(ctx, name)
		switch {
		case ctx.Err() != nil:
			return "", false, context.Cause(ctx)
		case found:
			k.mu.Lock()
			k.cache[name] = cached{value, k.now().Add(remembered)}
			k.mu.Unlock()
			return value, true, nil
		case err != nil && !errors.Is(err, ErrUnavailable):
			problems = append(problems, err)
		}
	}
	return "", false, errors.Join(problems...)
}

func (k *Keeper) recall(name string) (string, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	c, ok := k.cache[name]
	return c.value, ok && k.now().Before(c.until)
}

func (k *Keeper) forget(name string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.cache, name)
}

// Kept says where a secret is kept.
type Kept struct {
	Name string
	// In are the places that have it; the first is the one that is used.
	In []Place
	// Variable is the environment variable that it may come from.
	Variable string
	// File is the encrypted file, and Protection what protects that, for a secret that is kept there.
	File       string
	Protection Protection
}

// Set keeps secrets in the first store that takes them, and says where each is. One that another store had besides is
// forgotten there, so that it cannot come back. Trouble says why a better place was not used.
func (k *Keeper) Set(ctx context.Context, list ...httpcore.Secret) (kept []Kept, trouble, err error) {
	for _, secret := range list {
		if err := Check(secret); err != nil {
			return nil, nil, err
		}
	}
	for _, secret := range list {
		defer k.forget(secret.Name)
	}
	left, trouble := k.ring.Set(ctx, list)
	if errors.Is(trouble, ErrUnavailable) {
		trouble = nil
	}
	if ctx.Err() != nil {
		return nil, nil, context.Cause(ctx)
	}
	inFile := map[string]bool{}
	for _, secret := range left {
		inFile[secret.Name] = true
	}
	if len(left) > 0 {
		if _, err := k.file.Set(ctx, left); err != nil {
			return nil, trouble, errors.Join(err, trouble)
		}
	}
	for _, secret := range list {
		other := Store(k.file)
		if inFile[secret.Name] {
			other = k.ring
		}
		if _, err := other.Remove(ctx, secret.Name); err != nil && !errors.Is(err, ErrUnavailable) && trouble == nil {
			trouble = err
		}
	}
	all, err := k.List(ctx, namesOf(list)...)
	for _, one := range all {
		if slices.ContainsFunc(list, func(s httpcore.Secret) bool { return s.Name == one.Name }) {
			kept = append(kept, one)
		}
	}
	return kept, trouble, err
}

func namesOf(list []httpcore.Secret) []string {
	names := make([]string, len(list))
	for i, secret := range list {
		names[i] = secret.Name
	}
	return names
}

// List says where secrets are kept, sorted by their names: those of the stores, and of others by name, which may be kept
// nowhere. The error tells of stores that cannot be listed, beside the rest.
func (k *Keeper) List(ctx context.Context, others ...string) ([]Kept, error) {
	places := map[string][]Place{}
	for _, name := range others {
		places[name] = nil
	}
	var problems []error
	for _, store := range k.stores() {
		list, err := store.List(ctx)
		if err != nil && !errors.Is(err, ErrUnavailable) {
			problems = append(problems, err)
		}
		for _, name := range list {
			places[name] = append(places[name], store.Place())
		}
	}
	protection, err := k.file.protection()
	if err != nil && len(problems) == 0 {
		problems = append(problems, err)
	}
	kept := make([]Kept, 0, len(places))
	for name, in := range places {
		one := Kept{Name: name, In: in, Variable: env.SecretVariable(name)}
		if _, ok, _ := k.environ.Secret(ctx, name); ok {
			one.In = append([]Place{InEnvironment}, in...)
		}
		if slices.Contains(in, InFile) {
			one.File, one.Protection = k.file.file(), protection
		}
		kept = append(kept, one)
	}
	slices.SortFunc(kept, func(a, b Kept) int { return cmp.Compare(a.Name, b.Name) })
	return kept, errors.Join(problems...)
}

// Remove forgets a secret wherever it is kept, and says whether it was anywhere. What the environment has stays.
func (k *Keeper) Remove(ctx context.Context, name string) (found bool, err error) {
	defer k.forget(name)
	for _, store := range k.stores() {
		had, failed := store.Remove(ctx, name)
		found = found || had
		if failed != nil && !errors.Is(failed, ErrUnavailable) {
			err = errors.Join(err, failed)
		}
	}
	return found, err
}

// Where says where a secret is kept, for people.
func (k Kept) Where() string {
	parts := make([]string, len(k.In))
	for i, place := range k.In {
		switch {
		case place == InEnvironment:
			parts[i] = k.Variable
		case place == InKeyring:
			parts[i] = "keyring"
		case k.Protection == ByPassphrase:
			parts[i] = "file, by passphrase"
		case k.Protection == ByKeyring:
			parts[i] = "file, its key in the keyring"
		default:
			parts[i] = "file, not protected"
		}
	}
	if len(parts) == 0 {
		return "not set"
	}
	return strings.Join(parts, "; ")
}
