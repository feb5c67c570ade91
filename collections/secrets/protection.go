package secrets

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"filippo.io/age"
	"github.com/zalando/go-keyring"

	"parley/collections/disk"
)

// Protection is what keeps the file from whoever can read it.
type Protection string

// The protections. A file that is not protected is encrypted too, but its key lies beside it.
const (
	ByPassphrase Protection = "passphrase"
	ByKeyring    Protection = "keyring"
	Unprotected  Protection = "none"
)

// keyService is what the key of a file belongs to in the keyring; the folder is the user.
const keyService = "parley file key"

// byPassphrase reports whether an age file asks for a passphrase: its first stanza says so.
func byPassphrase(data []byte) bool {
	_, rest, _ := bytes.Cut(data, []byte("\n"))
	return bytes.HasPrefix(rest, []byte("-> scrypt "))
}

// keyMissingError says that the key of the file is nowhere.
type keyMissingError struct{ file string }

func (e *keyMissingError) Error() string { return "the key of " + e.file + " is not to be found" }

func (e *keyMissingError) Hint() string {
	return "it was in the keyring or in " + keyName + " beside it; without it, move the file away and set the secrets anew"
}

// keyed decrypts the file with its key: the one beside it, else the one in the keyring. A crash can leave a key beside the
// file that is of use no more.
func (f *fileStore) keyed(ctx context.Context, data []byte, c *content) error {
	text, err := readBounded(f.folder.fsys, f.folder.path(keyName))
	if err == nil {
		if c.key, err = parseKey(f.folder.path(keyName), string(text)); err != nil {
			return err
		}
		c.protection = Unprotected
		c.secrets, err = f.decrypt(data, c.key)
		if _, other := errors.AsType[*age.NoIdentityMatchError](err); !other {
			return err
		}
	} else if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	kept, err := f.ringKey(ctx)
	if errors.Is(err, ErrUnavailable) || errors.Is(err, keyring.ErrNotFound) {
		return &keyMissingError{f.file()}
	}
	if err != nil {
		return err
	}
	if c.key, err = parseKey("the keyring", kept); err == nil {
		c.protection = ByKeyring
		c.secrets, err = f.decrypt(data, c.key)
	}
	return err
}

func parseKey(where, text string) (*age.X25519Identity, error) {
	key, err := age.ParseX25519Identity(strings.TrimSpace(text))
	if err != nil {
		return nil, &BrokenError{where, errors.New("it holds no age key")} // the error itself might quote it
	}
	return key, nil
}

func (f *fileStore) ringKey(ctx context.Context) (string, error) {
	got := make(chan string, 1)
	err := f.ring.ask(ctx, func() error {
		text, err := f.ring.ring.Get(keyService, f.folder.dir)
		got <- text
		return err
	})
	if err != nil {
		return "", err
	}
	return <-got, nil
}

// protect returns how the file is to be protected, and whom it is encrypted to. A file keeps the protection it has; one that
// has none gets the best there is: a key in the keyring, else a passphrase, else a key in a file beside it.
func (f *fileStore) protect(ctx context.Context, base *content) (*content, age.Recipient, error) {
	switch base.protection {
	case ByPassphrase:
		return f.passphraseRecipient()
	case ByKeyring:
		return keyRecipient(base.key, ByKeyring)
	}
	key, err := f.newRingKey(ctx)
	if err == nil {
		return keyRecipient(key, ByKeyring)
	}
	if ctx.Err() != nil {
		return nil, nil, context.Cause(ctx)
	}
	// What is wrong with the keyring is no matter: the file does without it.
	switch err := f.newPassphrase(ctx); {
	case err == nil:
		return f.passphraseRecipient()
	case !errors.Is(err, ErrNobody):
		return nil, nil, err
	}
	if key, err = f.keyFile(); err != nil {
		return nil, nil, err
	}
	return keyRecipient(key, Unprotected)
}

func keyRecipient(key *age.X25519Identity, p Protection) (*content, age.Recipient, error) {
	return &content{protection: p, key: key}, key.Recipient(), nil
}

func (f *fileStore) passphraseRecipient() (*content, age.Recipient, error) {
	recipient, err := age.NewScryptRecipient(f.passphrase)
	if err != nil {
		return nil, nil, err
	}
	if f.work > 0 {
		recipient.SetWorkFactor(f.work)
	}
	return &content{protection: ByPassphrase}, recipient, nil
}

// newPassphrase asks for one.
func (f *fileStore) newPassphrase(ctx context.Context) error {
	question := Question{File: f.file(), New: true}
	for range tries {
		typed, err := f.ask(ctx, question)
		if err != nil {
			return err
		}
		if typed != "" {
			f.passphrase = typed
			return nil
		}
		question.Problem = "an empty passphrase protects nothing"
	}
	return &RefusedError{"the secrets are not kept: there is no passphrase for " + f.file(), "type one; it is asked for once in each run"}
}

// newRingKey returns the key in the keyring, which is made if there is none. The lock keeps two Parleys from making two.
func (f *fileStore) newRingKey(ctx context.Context) (key *age.X25519Identity, err error) {
	if f.ring.ring == nil {
		return nil, ErrUnavailable
	}
	err = f.folder.locked(ctx, func() error {
		text, err := f.ringKey(ctx)
		if err == nil {
			key, err = parseKey("the keyring", text)
			return err
		}
		if !errors.Is(err, keyring.ErrNotFound) {
			return err
		}
		if key, err = age.GenerateX25519Identity(); err != nil {
			return err
		}
		return f.ring.ask(ctx, func() error { return f.ring.ring.Set(keyService, f.folder.dir, key.String()) })
	})
	return key, err
}

// keyFile returns the key beside the file, which is made if there is none.
func (f *fileStore) keyFile() (*age.X25519Identity, error) {
	name := f.folder.path(keyName)
	key, err := age.GenerateX25519Identity()
	if err != nil {
		return nil, err
	}
	if err := disk.MkdirAll(f.folder.fsys, f.folder.dir, 0o700); err != nil {
		return nil, err
	}
	err = disk.CreateFile(f.folder.fsys, name, []byte(key.String()+"\n"), 0o600)
	if known, ok := errors.AsType[*disk.Error](err); ok && known.Kind == disk.KindExists {
		data, err := readBounded(f.folder.fsys, name)
		if err != nil {
			return nil, err
		}
		return parseKey(name, string(data))
	}
	if err != nil {
		return nil, fmt.Errorf("no key can be kept for the secrets: %w", err)
	}
	return key, nil
}
