package credentials

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"sync"
	"time"

	"parley/collections/disk"
	"parley/httpcore"
	"parley/httpcore/auth"
)

const (
	lockSuffix = ".lock"
	// keptExpired is how long a token stays that is of no use any more: the list shows that there was one.
	keptExpired = 24 * time.Hour
)

// TokenFile is an auth.TokenStore in a file.
type TokenFile struct {
	fsys disk.FS
	name string
	now  func() time.Time

	mu sync.Mutex // the lock on the file is between processes
}

// NewTokenFile returns the store in the file of that name, which is made when there is something to keep.
func NewTokenFile(fsys disk.FS, name string, now func() time.Time) *TokenFile {
	return &TokenFile{fsys: fsys, name: name, now: now}
}

// tokenRecord is a token as it stands in the file.
type tokenRecord struct {
	Access   string    `json:"access"`
	Refresh  string    `json:"refresh,omitempty"`
	Type     string    `json:"type"`
	Scope    string    `json:"scope,omitempty"`
	Obtained time.Time `json:"obtained"`
	Expiry   time.Time `json:"expiry,omitzero"`
	Grant    string    `json:"grant"`
	TokenURL string    `json:"token_url"`
	ClientID string    `json:"client_id,omitempty"`
	Audience string    `json:"audience,omitempty"`
	Username string    `json:"username,omitempty"`
}

func recordOf(t auth.Token) tokenRecord {
	return tokenRecord{
		Access: t.Access.Reveal(), Refresh: t.Refresh.Reveal(), Type: t.Type, Scope: t.Scope, Obtained: t.Obtained, Expiry: t.Expiry,
		Grant: t.Grant, TokenURL: t.TokenURL, ClientID: t.ClientID, Audience: t.Audience, Username: t.Username,
	}
}

func (r tokenRecord) token() auth.Token {
	return auth.Token{
		Access: httpcore.NewSecret("access token", r.Access), Refresh: httpcore.NewSecret("refresh token", r.Refresh),
		Type: r.Type, Scope: r.Scope, Obtained: r.Obtained, Expiry: r.Expiry,
		Grant: r.Grant, TokenURL: r.TokenURL, ClientID: r.ClientID, Audience: r.Audience, Username: r.Username,
	}
}

// BrokenError says that the file cannot be read as what it should be.
type BrokenError struct {
	Name string
	Err  error
}

// Error says which file, and why.
func (e *BrokenError) Error() string {
	return fmt.Sprintf("the OAuth 2 tokens in %s cannot be read: %v", e.Name, e.Err)
}

// Hint says what to try.
func (e *BrokenError) Hint() string { return "remove the file: tokens are obtained anew" }

// Unwrap returns what is wrong with it.
func (e *BrokenError) Unwrap() error { return e.Err }

// Get implements auth.TokenStore.
func (f *TokenFile) Get(key string) (auth.Token, bool, error) {
	records, err := f.read()
	record, found := records[key]
	return record.token(), found, err
}

// List implements auth.TokenStore.
func (f *TokenFile) List() (map[string]auth.Token, error) {
	records, err := f.read()
	tokens := make(map[string]auth.Token, len(records))
	for key, record := range records {
		tokens[key] = record.token()
	}
	return tokens, err
}

// Put implements auth.TokenStore.
func (f *TokenFile) Put(key string, token auth.Token) error {
	return f.change(func(records map[string]tokenRecord) {
		maps.DeleteFunc(records, func(_ string, r tokenRecord) bool {
			return r.Refresh == "" && !r.Expiry.IsZero() && f.now().After(r.Expiry.Add(keptExpired))
		})
		records[key] = recordOf(token)
	})
}

// Delete implements auth.TokenStore.
func (f *TokenFile) Delete(key string) error {
	return f.change(func(records map[string]tokenRecord) { delete(records, key) })
}

// read returns what the file holds; a file that is not there holds nothing.
func (f *TokenFile) read() (map[string]tokenRecord, error) {
	records := map[string]tokenRecord{}
	data, err := disk.ReadFile(f.fsys, f.name)
	if errors.Is(err, fs.ErrNotExist) {
		return records, nil
	}
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(data, &records); err != nil {
		return nil, &BrokenError{f.name, err}
	}
	return records, nil
}

// change replaces the file by a changed one.
func (f *TokenFile) change(edit func(map[string]tokenRecord)) (err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := disk.MkdirAll(f.fsys, filepath.Dir(f.name), 0o700); err != nil {
		return err
	}
	unlock, err := disk.Lock(context.Background(), f.fsys, f.name+lockSuffix)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, unlock()) }()
	records, err := f.read()
	if err != nil {
		return err
	}
	edit(records)
	data, err := json.MarshalIndent(records, "", "  ")
	if err != nil {
		return err
	}
	return disk.WriteFile(f.fsys, f.name, append(data, '\n'), 0o600)
}
