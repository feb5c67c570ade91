package history

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"time"

	"parley/collections/disk"
	"parley/httpcore"
	"parley/httpcore/body"
)

// Options say where a Store is.
type Options struct {
	// Dir is the folder of the history; it is created, private, when missing.
	Dir string
	// FS writes bodies and the spool.
	FS disk.FS
	// BusyTimeout is how long to wait for another process that is writing; 0 means five seconds.
	BusyTimeout time.Duration
	// Body says where the response bodies of restored exchanges go.
	Body body.StoreOptions
}

// Store is an open history.
type Store struct {
	// SQLite takes one writer at a time: a pool of one orders ours without busy waiting.
	write, read *sql.DB
	spool       *Spool
	bodies      bodies
	body        body.StoreOptions
}

// Open opens the history in options.Dir, and removes what processes that were killed long ago left half written there.
func Open(ctx context.Context, options Options) (*Store, error) {
	if err := disk.MkdirAll(options.FS, options.Dir, 0o700); err != nil {
		return nil, explain("open history", err)
	}
	if options.BusyTimeout == 0 {
		options.BusyTimeout = 5 * time.Second
	}
	file := filepath.Join(options.Dir, "history.db")
	// SQLite creates files by the umask; made beforehand, the database and its companions get our mode.
	if err := touch(options.FS, file); err != nil {
		return nil, explain("open history", err)
	}
	s := &Store{
		spool:  NewSpool(options.FS, options.Dir),
		bodies: bodies{options.FS, filepath.Join(options.Dir, "bodies")},
		body:   options.Body,
	}
	var err error
	if s.write, err = connect(file, options.BusyTimeout, 1); err != nil {
		return nil, explain("open history", err)
	}
	if s.read, err = connect(file, options.BusyTimeout, 4); err != nil {
		return nil, explain("open history", errors.Join(err, s.write.Close()))
	}
	if err := migrate(ctx, s.write); err != nil {
		return nil, errors.Join(explain("open history", err), s.Close())
	}
	disk.Sweep(options.FS, s.spool.dir, "")
	disk.Sweep(options.FS, s.bodies.dir, "")
	return s, nil
}

func connect(file string, busy time.Duration, most int) (*sql.DB, error) {
	pragmas := url.Values{"_txlock": {"immediate"}, "_pragma": {
		fmt.Sprintf("busy_timeout(%d)", busy.Milliseconds()), "journal_mode(WAL)", "synchronous(NORMAL)",
	}}
	// A path may hold what a URI gives a meaning to.
	source := (&url.URL{Scheme: "file", Opaque: url.PathEscape(file), RawQuery: pragmas.Encode()}).String()
	db, err := sql.Open("sqlite", source)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(most)
	return db, nil
}

func touch(fsys disk.FS, name string) error {
	err := disk.CreateFile(fsys, name, nil, 0o600)
	if problem, ok := errors.AsType[*disk.Error](err); ok && problem.Kind == disk.KindExists {
		return nil
	}
	return err
}

// Close closes the database.
func (s *Store) Close() error {
	return explain("close history", errors.Join(s.read.Close(), s.write.Close()))
}

// Add records an exchange, with a mark in the place of every secret. When the database cannot be written (locked, full), the
// record goes to the spool instead, and Add still returns nil if that worked: nothing is lost.
func (s *Store) Add(ctx context.Context, meta Meta, x *httpcore.Exchange) (ID, error) {
	made, err := newEncoder(s.bodies, meta, x).record(x)
	if err != nil {
		return 0, explain("record this exchange", err)
	}
	ids, err := s.insert(ctx, []*record{made})
	if err == nil {
		return ids[0], nil
	}
	if spooled := s.spool.put(made); spooled != nil {
		return 0, errors.Join(explain("record this exchange", err), explain("spool it instead", spooled))
	}
	return 0, nil
}

// TakeIn moves what other processes left in the spool into the database.
func (s *Store) TakeIn(ctx context.Context) error {
	return explain("take in the spool of history", s.spool.takeIn(func(batch []*record) error {
		_, err := s.insert(ctx, batch)
		return err
	}))
}

// Entry is an exchange from history with what is known about it.
type Entry struct {
	ID   ID
	Meta Meta
	// SecretNames are the secrets whose marks stand in it.
	SecretNames []string
	// Exchange is as it was, with marks in the place of secrets. The caller closes it.
	Exchange *httpcore.Exchange
}

// Get returns one exchange whole. The error wraps ErrNotFound when there is none of that id.
func (s *Store) Get(ctx context.Context, id ID) (*Entry, error) {
	var data []byte
	err := s.read.QueryRowContext(ctx, "SELECT record FROM exchanges WHERE id = ?", int64(id)).Scan(&data)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, &Error{Message: fmt.Sprintf("history has no exchange %s", id), Advice: "`parley history list` shows what there is", Err: ErrNotFound}
	}
	if err != nil {
		return nil, explain("read history", err)
	}
	var r record
	if err := json.Unmarshal(data, &r); err != nil {
		return nil, explain(fmt.Sprintf("read exchange %s", id), err)
	}
	x, err := decoder{bodies: s.bodies, store: func() *body.Store { return body.NewStore(s.body) }}.exchange(&r)
	if err != nil {
		return nil, explain(fmt.Sprintf("read exchange %s", id), err)
	}
	return &Entry{ID: id, Meta: r.Meta, SecretNames: r.Asked.Secrets, Exchange: x}, nil
}
