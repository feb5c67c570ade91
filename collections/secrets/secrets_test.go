package secrets_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/zalando/go-keyring"

	"parley/collections/disk"
	"parley/collections/disk/disktest"
	"parley/collections/secrets"
	"parley/httpcore"
)

const planted = "tr0ub4dor-and-3"

// fakeRing is a keyring in memory. With hang it answers when hang is closed.
type fakeRing struct {
	mu      sync.Mutex
	entries map[string]string
	calls   int
	hang    chan struct{}
	err     error
}

func (r *fakeRing) enter() error {
	r.mu.Lock()
	r.calls++
	hang := r.hang
	r.mu.Unlock()
	if hang != nil {
		<-hang
	}
	r.mu.Lock()
	return r.err
}

func (r *fakeRing) Get(service, user string) (string, error) {
	err := r.enter()
	defer r.mu.Unlock()
	value, ok := r.entries[service+"/"+user]
	if err == nil && !ok {
		err = keyring.ErrNotFound
	}
	return value, err
}

func (r *fakeRing) Set(service, user, value string) error {
	err := r.enter()
	defer r.mu.Unlock()
	if err == nil && len(value) > 2560 {
		err = keyring.ErrSetDataTooBig
	}
	if err == nil {
		r.entries[service+"/"+user] = value
	}
	return err
}

func (r *fakeRing) Delete(service, user string) error {
	err := r.enter()
	defer r.mu.Unlock()
	if _, ok := r.entries[service+"/"+user]; err == nil && !ok {
		err = keyring.ErrNotFound
	}
	delete(r.entries, service+"/"+user)
	return err
}

func newRing() *fakeRing { return &fakeRing{entries: map[string]string{}} }

// person types passphrases, one a question, and notes what was asked.
type person struct {
	types []string
	asked []secrets.Question
}

func (p *person) ask(_ context.Context, q secrets.Question) (string, error) {
	p.asked = append(p.asked, q)
	if len(p.asked) > len(p.types) {
		return "", errors.New("asked too often")
	}
	return p.types[len(p.asked)-1], nil
}

func keeper(fsys disk.FS, ring secrets.Ring, ask secrets.Ask) *secrets.Keeper {
	return secrets.NewKeeper(secrets.Options{
		FS: fsys, Dir: "/state/secrets", Ring: ring, Ask: ask, Work: 2,
		Environ: func(name string) (string, bool) { return "from-env", name == "PARLEY_SECRET_FROM_ENV" },
		Now:     func() time.Time { return time.Unix(1e9, 0) },
		After:   func(time.Duration) <-chan time.Time { return nil },
	})
}

func set(t *testing.T, k *secrets.Keeper, name, value string) {
	t.Helper()
	if _, _, err := k.Set(t.Context(), httpcore.NewSecret(name, value)); err != nil {
		t.Fatal(err)
	}
}

func wants(t *testing.T, k *secrets.Keeper, name, want string) {
	t.Helper()
	got, ok, err := k.Secret(t.Context(), name)
	if err != nil || got != want || ok != (want != "") {
		t.Errorf("%s is %q (%v, %v), want %q", name, got, ok, err, want)
	}
}

func where(t *testing.T, k *secrets.Keeper, others ...string) string {
	t.Helper()
	list, err := k.List(t.Context(), others...)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, one := range list {
		out = append(out, one.Name+"="+one.Where())
	}
	return strings.Join(out, ", ")
}

func TestNothingIsOpenedOrMadeBeforeASecretIsAskedFor(t *testing.T) {
	ring, fsys := newRing(), disktest.Wrap(disktest.NewMem())
	k := keeper(fsys, ring, nil)
	wants(t, k, "from-env", "from-env")
	if ring.calls != 0 || len(fsys.Steps()) != 0 {
		t.Errorf("the keyring was asked %d times, and the disk has seen %v", ring.calls, fsys.Steps())
	}
	wants(t, k, "other", "")
	if len(fsys.Steps()) != 0 {
		t.Errorf("looking has changed the disk: %v", fsys.Steps())
	}
}

func TestTheKeyringKeepsSecretsAndTheFileWhatIsTooBigForIt(t *testing.T) {
	ring, fsys, big := newRing(), disktest.NewMem(), strings.Repeat(planted, 400)
	k := keeper(fsys, ring, nil)
	set(t, k, "small", planted)
	set(t, k, "big", big)
	if got := where(t, k, "nowhere", "from-env"); got != "big=file, its key in the keyring, from-env=PARLEY_SECRET_FROM_ENV, nowhere=not set, small=keyring" {
		t.Error(got)
	}
	again := keeper(fsys, ring, nil)
	wants(t, again, "small", planted)
	wants(t, again, "big", big)
	set(t, again, "big", planted) // it fits now, and must not come back from the file
	wants(t, again, "big", planted)
	if found, err := again.Remove(t.Context(), "big"); err != nil || !found {
		t.Error(found, err)
	}
	wants(t, again, "big", "")
	if found, err := again.Remove(t.Context(), "big"); err != nil || found {
		t.Error(found, err)
	}
	if got := where(t, again); got != "small=keyring" {
		t.Error(got)
	}
}

func TestAPassphraseIsAskedForOnceAndAgainWhenItIsWrong(t *testing.T) {
	fsys, ada := disktest.NewMem(), &person{types: []string{"", "open sesame"}}
	k := keeper(fsys, nil, ada.ask)
	set(t, k, "a", planted)
	set(t, k, "b", "other value")
	wants(t, k, "a", planted)
	if len(ada.asked) != 2 || !ada.asked[0].New || ada.asked[1].Problem == "" {
		t.Errorf("asked %v", ada.asked)
	}
	data, err := disk.ReadFile(fsys, "/state/secrets/secrets.age")
	if err != nil || strings.Contains(string(data), planted) {
		t.Fatal("the file is readable", err)
	}
	info, err := fsys.Lstat("/state/secrets/secrets.age")
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Error(info.Mode(), err)
	}

	bob := &person{types: []string{"wrong", "open sesame"}}
	k = keeper(fsys, nil, bob.ask)
	if got := where(t, k); got != "a=file, by passphrase, b=file, by passphrase" || len(bob.asked) != 0 {
		t.Errorf("%s, asked %v", got, bob.asked)
	}
	wants(t, k, "unknown", "") // of which nobody is asked
	wants(t, k, "a", planted)
	wants(t, k, "b", "other value")
	if len(bob.asked) != 2 || bob.asked[0].New || bob.asked[1].Problem == "" {
		t.Errorf("asked %v", bob.asked)
	}

	mallory := &person{types: []string{"1", "2", "3"}}
	_, _, err = keeper(fsys, nil, mallory.ask).Secret(t.Context(), "a")
	if _, ok := errors.AsType[*secrets.PassphraseError](err); !ok {
		t.Error(err)
	}
	_, _, err = keeper(fsys, nil, nil).Secret(t.Context(), "a")
	if _, ok := errors.AsType[*secrets.LockedError](err); !ok {
		t.Error(err)
	}
	_, _, err = keeper(fsys, nil, bob.ask).Secret(secrets.Quietly(t.Context()), "a")
	if _, ok := errors.AsType[*secrets.LockedError](err); !ok {
		t.Error(err)
	}
}

func TestWhatIsNotProtectedIsSaidAndProtectedWhenSomebodyCanBeAsked(t *testing.T) {
	fsys := disktest.NewMem()
	set(t, keeper(fsys, nil, nil), "a", planted)
	k := keeper(fsys, nil, nil)
	wants(t, k, "a", planted)
	if got := where(t, k); got != "a=file, not protected" {
		t.Error(got)
	}
	ada := &person{types: []string{"open sesame"}}
	k = keeper(fsys, nil, ada.ask)
	set(t, k, "b", planted)
	if got := where(t, k); got != "a=file, by passphrase, b=file, by passphrase" {
		t.Error(got)
	}
	if _, err := fsys.Lstat("/state/secrets/secrets.key"); err == nil {
		t.Error("the key of the unprotected file is still there")
	}
}

func TestAKeyringThatHangsIsGivenUp(t *testing.T) {
	ring, fsys := newRing(), disktest.NewMem()
	ring.hang = make(chan struct{})
	var waited []time.Duration
	clock := make(chan time.Time, 1)
	clock <- time.Time{}
	k := secrets.NewKeeper(secrets.Options{
		FS: fsys, Dir: "/s", Ring: ring, Environ: func(string) (string, bool) { return "", false }, Now: time.Now,
		After: func(d time.Duration) <-chan time.Time { waited = append(waited, d); return clock },
	})
	for range 3 { // of which only the first waits
		_, _, err := k.Secret(t.Context(), "a")
		if _, ok := errors.AsType[*secrets.SilentError](err); !ok {
			t.Fatal(err)
		}
	}
	if len(waited) != 1 || waited[0] < 3*time.Second || waited[0] > 5*time.Second {
		t.Errorf("it waits %v", waited)
	}
	_, trouble, err := k.Set(t.Context(), httpcore.NewSecret("a", planted))
	if _, ok := errors.AsType[*secrets.SilentError](trouble); !ok || err != nil {
		t.Error(trouble, err)
	}
	wants(t, k, "a", planted)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := k.Secret(ctx, "b"); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	close(ring.hang)
}

func TestAKeyringThatFailsIsTold(t *testing.T) {
	ring := newRing()
	ring.err = errors.New("no such bus")
	k := keeper(disktest.NewMem(), ring, nil)
	if _, _, err := k.Secret(t.Context(), "a"); err == nil || !strings.Contains(err.Error(), "no such bus") {
		t.Error(err)
	}
}

func TestABrokenFileIsToldAndNotWrittenOver(t *testing.T) {
	for name, spoil := range map[string]func([]byte) []byte{
		"empty":     func([]byte) []byte { return nil },
		"truncated": func(b []byte) []byte { return b[:len(b)-9] },
		"changed":   func(b []byte) []byte { b[len(b)-1] ^= 1; return b },
		"other":     func([]byte) []byte { return []byte("not an age file") },
	} {
		t.Run(name, func(t *testing.T) {
			fsys := disktest.NewMem()
			set(t, keeper(fsys, nil, nil), "a", planted)
			const file = "/state/secrets/secrets.age"
			data, err := disk.ReadFile(fsys, file)
			if err != nil {
				t.Fatal(err)
			}
			spoilt := string(spoil(data))
			if err := disk.WriteFile(fsys, file, []byte(spoilt), 0o600); err != nil {
				t.Fatal(err)
			}
			k := keeper(fsys, nil, nil)
			_, _, looking := k.Secret(t.Context(), "a")
			_, _, setting := k.Set(t.Context(), httpcore.NewSecret("b", planted))
			for _, err := range []error{looking, setting} {
				if _, ok := errors.AsType[*secrets.BrokenError](err); !ok || strings.Contains(err.Error(), planted) {
					t.Error(err)
				}
			}
			if now, err := disk.ReadFile(fsys, file); err != nil || string(now) != spoilt {
				t.Error("the broken file was written over", err)
			}
		})
	}
}

func TestAFullDiskLosesNothing(t *testing.T) {
	for _, ring := range []secrets.Ring{nil, newRing()} {
		fsys := disktest.Wrap(disktest.NewMem())
		set(t, keeper(fsys, ring, nil), "a", planted)
		fsys.Fail(func(s disktest.Step) error {
			if s.Op == "write" {
				return syscall.ENOSPC
			}
			return nil
		})
		k := keeper(fsys, ring, nil)
		_, _, err := k.Set(t.Context(), httpcore.NewSecret("b", planted))
		full, ok := errors.AsType[*disk.Error](err)
		if !ok || full.Kind != disk.KindFull {
			t.Error(err)
		}
		fsys.Fail(nil)
		wants(t, k, "a", planted)
		wants(t, k, "b", "")
	}
}

func TestTwoParleysLoseNothing(t *testing.T) {
	fsys := disktest.NewMem()
	var all sync.WaitGroup
	for i := range 4 {
		all.Go(func() {
			k := keeper(fsys, nil, nil)
			for n := range 5 {
				name := fmt.Sprintf("s%d-%d", i, n)
				if _, _, err := k.Set(t.Context(), httpcore.NewSecret(name, planted+name)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	k := keeper(fsys, nil, nil)
	for i := range 4 {
		for n := range 5 {
			name := fmt.Sprintf("s%d-%d", i, n)
			wants(t, k, name, planted+name)
		}
	}
}

func TestACrashKeepsTheOldSecretsOrHasTheNew(t *testing.T) {
	prepare := func(fsys disk.FS) error {
		_, _, err := keeper(fsys, nil, nil).Set(context.Background(), httpcore.NewSecret("a", planted))
		return err
	}
	act := func(fsys disk.FS) error {
		_, _, err := keeper(fsys, nil, nil).Set(context.Background(), httpcore.NewSecret("b", "other value"))
		return err
	}
	disktest.EachCrash(t, prepare, act, func(t *testing.T, found disk.FS, done bool) {
		k := keeper(found, nil, nil)
		wants(t, k, "a", planted)
		b, _, err := k.Secret(context.Background(), "b")
		if err != nil || done && b != "other value" || b != "" && b != "other value" {
			t.Errorf("b is %q: %v", b, err)
		}
	})
}

func TestReadDotenv(t *testing.T) {
	list, err := secrets.ReadDotenv(".env", "\ufeff# tokens\r\nexport A=one # first\n\nB = \"two\\n\\\"lines\\\"\" # x\nC='$raw \\n'\nD=`a\nb`\nPARLEY_SECRET_E=e#f\nEMPTY=\nA=last\nURL=https://x/#frag\n")
	var got []string
	for _, s := range list {
		got = append(got, s.Name+"="+s.Reveal())
	}
	want := []string{"A=last", "B=two\n\"lines\"", `C=$raw \n`, "D=a\nb", "E=e#f", "URL=https://x/#frag"}
	if err != nil || strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("%q %v", got, err)
	}
	for text, want := range map[string]string{
		"A=1\nhunter22secret": ".env:2: there is no = in it", "=x": ".env:1: there is no name before the =",
		"A=1\nB=\"hunter22secret\nx": ".env:2: the quote is not closed", `A="x" y`: ".env:1: there is something behind the quote",
	} {
		if _, err := secrets.ReadDotenv(".env", text); err == nil || err.Error() != want {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestCheck(t *testing.T) {
	for _, name := range []string{"", " a", "a\nb", "a\x00", "\xff", strings.Repeat("a", 201)} {
		if secrets.CheckName(name) == nil {
			t.Errorf("%q is taken for a name", name)
		}
	}
	for _, value := range []string{"", "\xff", strings.Repeat("a", 1<<20+1)} {
		if secrets.Check(httpcore.NewSecret("a", value)) == nil {
			t.Errorf("a value of %d bytes is taken", len(value))
		}
	}
}
