package history

import (
	"errors"
	"fmt"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"parley/collections/disk"
)

// Error is what history says when something went wrong: a sentence, and what to try.
type Error struct {
	Message string
	Advice  string
	Err     error
}

// Error returns the sentence.
func (e *Error) Error() string { return e.Message }

// Hint says what to try; it may be empty.
func (e *Error) Hint() string { return e.Advice }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// ErrNotFound is the cause when no exchange has the id that was asked for.
var ErrNotFound = errors.New("no such exchange")

// explain gives an error of SQLite or of a file a sentence and a hint; doing says what was tried, such as "read history".
func explain(doing string, err error) error {
	if err == nil {
		return nil
	}
	if own, ok := errors.AsType[*Error](err); ok {
		return own
	}
	told := &Error{Message: fmt.Sprintf("cannot %s: %v", doing, err), Err: err}
	if file, ok := errors.AsType[*disk.Error](err); ok {
		told.Advice = file.Hint()
	}
	if db, ok := errors.AsType[*sqlite.Error](err); ok {
		told.Message, told.Advice = explainSQLite(doing, db)
	}
	return told
}

func explainSQLite(doing string, err *sqlite.Error) (message, hint string) {
	// The low byte is the primary result code, https://sqlite.org/rescode.html.
	switch err.Code() & 0xff {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return fmt.Sprintf("cannot %s: another program holds the database", doing),
			"close whatever has history.db open; what is sent meanwhile waits in the spool"
	case sqlite3.SQLITE_FULL:
		return fmt.Sprintf("cannot %s: the disk is full", doing), "free some space on the disk that holds history"
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN:
		return fmt.Sprintf("cannot %s: its folder or file cannot be written", doing),
			"check the permissions of the folder, or set PARLEY_HOME to another one"
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return fmt.Sprintf("cannot %s: the database is damaged", doing),
			"move history.db away to begin a new history; `sqlite3 history.db .recover` may save what is in it"
	default:
		return fmt.Sprintf("cannot %s: %v", doing, err), ""
	}
}
