package secrets

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"

	"filippo.io/age"

	"parley/collections/disk"
	"parley/httpcore"
)

const (
	// maxWork bounds what a file may ask of memory and time before its passphrase is known to be right: 1 GB.
	maxWork = 20
	// races is how often others may come first when the file is changed.
	races = 20
)

// fileStore keeps secrets in one file that age encrypts.
type fileStore struct {
	folder folder
	names  names
	ring   *ringStore // may keep the file's key
	ask    Ask
	work   int // of scrypt, as a power of two; 0 for age's own

	turn chan struct{} // holds a token while the fields below are in use
	// opened is what the file held when it was last read; passphrase is the one that opened it.
	opened     *content
	passphrase string
}

// content is what a file holds. It is not changed once it is read.
type content struct {
	sum        [sha256.Size]byte // of the file; that of nothing when there is none
	protection Protection        // empty when there is no file
	key        *age.X25519Identity
	secrets    map[string]string
}

func newFileStore(f folder, ring *ringStore, ask Ask) *fileStore {
	return &fileStore{
		folder: f, names: names{f.fsys, f.path(fileNames)}, ring: ring, ask: ask, turn: make(chan struct{}, 1),
	}
}

// Place implements Store.
func (f *fileStore) Place() Place { return InFile }

func (f *fileStore) file() string { return f.folder.path(ageName) }

// inTurn keeps others out while a person is asked: they find the answer.
func (f *fileStore) inTurn(ctx context.Context, do func() error) error {
	select {
	case f.turn <- struct{}{}:
		defer func() { <-f.turn }()
		return do()
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// Look implements Store. A file that has no secret of that name is not opened, so that nobody is asked for nothing.
func (f *fileStore) Look(ctx context.Context, name string) (value string, found bool, err error) {
	err = f.inTurn(ctx, func() error {
		data, err := f.read()
		if err != nil || data == nil {
			return err
		}
		if known, ok := f.listed(data); ok && !slices.Contains(known, name) {
			return nil
		}
		c, err := f.open(ctx, data)
		if err == nil {
			value, found = c.secrets[name]
		}
		return err
	})
	return value, found, err
}

// List implements Store.
func (f *fileStore) List(ctx context.Context) (list []string, err error) {
	err = f.inTurn(ctx, func() error {
		data, err := f.read()
		if err != nil || data == nil {
			return err
		}
		known, ok := f.listed(data)
		if ok {
			list = known
			return nil
		}
		c, err := f.open(ctx, data)
		if err == nil {
			list = slices.Sorted(maps.Keys(c.secrets))
		}
		return err
	})
	return list, err
}

// Set implements Store.
func (f *fileStore) Set(ctx context.Context, list []httpcore.Secret) ([]httpcore.Secret, error) {
	err := f.change(ctx, func(secrets map[string]string) bool {
		for _, secret := range list {
			secrets[secret.Name] = secret.Reveal()
		}
		return true
	})
	if err != nil {
		return list, err
	}
	return nil, nil
}

// Remove implements Store.
func (f *fileStore) Remove(ctx context.Context, name string) (found bool, err error) {
	if _, there, err := f.Look(ctx, name); err != nil || !there {
		return false, err
	}
	err = f.change(ctx, func(secrets map[string]string) bool {
		_, found = secrets[name]
		delete(secrets, name)
		return found
	})
	return found, err
}

// protection says what protects the file; empty when there is none.
func (f *fileStore) protection() (Protection, error) {
	data, err := f.read()
	if err != nil || data == nil {
		return "", err
	}
	if byPassphrase(data) {
		return ByPassphrase, nil
	}
	if _, err := f.folder.fsys.Lstat(f.folder.path(keyName)); err == nil {
		return Unprotected, nil
	}
	return ByKeyring, nil
}

// read returns the file as it is; nil when there is none.
func (f *fileStore) read() ([]byte, error) {
	data, err := readBounded(f.folder.fsys, f.file())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err == nil && len(data) == 0 {
		err = &BrokenError{f.file(), errors.New("it is empty")}
	}
	return data, err
}

// listed returns the names that are noted for this state of the file, if they are.
func (f *fileStore) listed(data []byte) ([]string, bool) {
	record, err := f.names.read()
	return record.Names, err == nil && record.Of == digest(data)
}

func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// open decrypts the file, or remembers what is in it.
func (f *fileStore) open(ctx context.Context, data []byte) (*content, error) {
	sum := sha256.Sum256(data)
	if f.opened != nil && f.opened.sum == sum {
		return f.opened, nil
	}
	c := &content{sum: sum, secrets: map[string]string{}}
	var err error
	switch {
	case data == nil:
	case byPassphrase(data):
		c.protection = ByPassphrase
		c.secrets, err = f.unlock(ctx, data)
	default:
		err = f.keyed(ctx, data, c)
	}
	if err != nil {
		return nil, err
	}
	f.opened = c
	return c, nil
}

// unlock decrypts the file with the passphrase that is known, or that a person types.
func (f *fileStore) unlock(ctx context.Context, data []byte) (map[string]string, error) {
	question := Question{File: f.file()}
	for asked := 0; ; {
		if f.passphrase == "" {
			if asked == tries {
				return nil, &PassphraseError{f.file()}
			}
			asked++
			typed, err := f.ask(ctx, question)
			if errors.Is(err, ErrNobody) {
				err = &LockedError{f.file()}
			}
			if err != nil {
				return nil, err
			}
			f.passphrase = typed
		}
		secrets, err := f.withPassphrase(data)
		if _, wrong := errors.AsType[*PassphraseError](err); !wrong {
			return secrets, err
		}
		if asked > 0 {
			question.Problem = "that is not the passphrase"
		}
		f.passphrase = ""
	}
}

func (f *fileStore) withPassphrase(data []byte) (map[string]string, error) {
	identity, err := age.NewScryptIdentity(f.passphrase)
	if err != nil {
		return nil, &PassphraseError{f.file()} // it is empty
	}
	identity.SetMaxWorkFactor(maxWork)
	return f.decrypt(data, identity)
}

func (f *fileStore) decrypt(data []byte, identity age.Identity) (map[string]string, error) {
	plain, err := age.Decrypt(bytes.NewReader(data), identity)
	if _, wrong := errors.AsType[*age.NoIdentityMatchError](err); wrong && byPassphrase(data) {
		return nil, &PassphraseError{f.file()}
	}
	if err != nil {
		return nil, &BrokenError{f.file(), err}
	}
	text, err := io.ReadAll(io.LimitReader(plain, maxFileSize))
	if err != nil {
		return nil, &BrokenError{f.file(), err}
	}
	secrets := map[string]string{}
	if json.Unmarshal(text, &secrets) != nil || secrets == nil {
		return nil, &BrokenError{f.file(), errors.New("what it holds is no list of secrets")} // the error itself might quote one
	}
	return secrets, nil
}

// change edits the newest state of the file. To encrypt takes a second, and a person may be asked: the lock is only taken
// to see that nobody else came first, and to write. Whoever comes second does it again.
func (f *fileStore) change(ctx context.Context, edit func(map[string]string) bool) error {
	return f.inTurn(ctx, func() error {
		for range races {
			data, err := f.read()
			if err != nil {
				return err
			}
			base, err := f.open(ctx, data)
			if err != nil {
				return err
			}
			edited := maps.Clone(base.secrets)
			if !edit(edited) {
				return nil
			}
			next, recipient, err := f.protect(ctx, base)
			if err != nil {
				return err
			}
			next.secrets = edited
			sealed, err := seal(edited, recipient)
			if err != nil {
				return err
			}
			done, err := f.replace(ctx, base, next, sealed)
			if done || err != nil {
				return err
			}
		}
		return fmt.Errorf("%s is being changed by others all the time: nothing is changed", f.file())
	})
}

func seal(secrets map[string]string, to age.Recipient) ([]byte, error) {
	text, err := json.Marshal(secrets)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	w, err := age.Encrypt(&out, to)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(text); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// replace writes the file if it is still as base says, and reports whether it was.
func (f *fileStore) replace(ctx context.Context, base, next *content, sealed []byte) (done bool, err error) {
	err = f.folder.locked(ctx, func() error {
		now, err := f.read()
		if err != nil || sha256.Sum256(now) != base.sum {
			return err
		}
		if err := disk.WriteFile(f.folder.fsys, f.file(), sealed, 0o600); err != nil {
			return err
		}
		next.sum = sha256.Sum256(sealed)
		f.opened, done = next, true
		set := map[string]bool{}
		for name := range next.secrets {
			set[name] = true
		}
		// Without the names the file is opened to list them: what counts is done.
		_ = f.names.write(digest(sealed), set)
		if next.protection == Unprotected {
			return nil
		}
		err = disk.Remove(f.folder.fsys, f.folder.path(keyName))
		if errors.Is(err, fs.ErrNotExist) {
			err = nil
		}
		return err
	})
	return done, err
}
