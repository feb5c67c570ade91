package history

import (
	"context"
	"database/sql"
	"fmt"
)

// migrations bring a database from one version to the next; PRAGMA user_version counts those that were applied. Only add
// to the end.
//
// The id of an exchange is the microsecond it started in (the next free one when that is taken): so the newest come
// first by primary key alone, in the full-text index as well, whatever order several processes wrote them in.
var migrations = [...]string{
	`CREATE TABLE exchanges (
		id          INTEGER PRIMARY KEY,
		uid         TEXT NOT NULL UNIQUE,
		collection  TEXT NOT NULL,
		request     TEXT NOT NULL,
		environment TEXT NOT NULL,
		session     TEXT NOT NULL,
		method      TEXT NOT NULL,
		url         TEXT NOT NULL,
		host        TEXT NOT NULL,
		status      INTEGER NOT NULL,
		reason      TEXT NOT NULL,
		error       TEXT NOT NULL,
		total       INTEGER NOT NULL,
		size        INTEGER NOT NULL,
		record      BLOB NOT NULL
	) STRICT;
	CREATE INDEX exchanges_by_request ON exchanges (collection, request, id);
	CREATE INDEX exchanges_by_host ON exchanges (host, id);
	CREATE INDEX exchanges_by_status ON exchanges (status, id);
	CREATE VIRTUAL TABLE exchanges_text USING fts5 (
		url, heads, body,
		content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 2", prefix = '2 3'
	);`,
}

// migrate brings the database to the newest version. Two processes may try at the same time: the transaction takes the
// write lock before it looks.
func migrate(ctx context.Context, db *sql.DB) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // a no-op after Commit; an error before it is returned already
	var version int
	if err := tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return err
	}
	if version > len(migrations) {
		return &Error{
			Message: fmt.Sprintf("history was written by a newer Parley (version %d of its format, this one knows %d)", version, len(migrations)),
			Advice:  "use the newer parley, or set PARLEY_HOME to another folder",
		}
	}
	for _, statements := range migrations[version:] {
		if _, err := tx.ExecContext(ctx, statements); err != nil {
			return err
		}
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", len(migrations))); err != nil {
		return err
	}
	return tx.Commit()
}
