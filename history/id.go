package history

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// ID names an exchange: the microsecond since 1970 in which it began, or the next free one. A later one is larger.
type ID int64

// String returns the id as people see and type it, in base 36.
func (id ID) String() string { return strconv.FormatInt(int64(id), 36) }

// Time returns when the exchange began, to a microsecond or nearly so.
func (id ID) Time() time.Time { return time.UnixMicro(int64(id)) }

// ParseID reads what String returned.
func ParseID(s string) (ID, error) {
	n, err := strconv.ParseInt(strings.ToLower(s), 36, 64)
	if err != nil || n <= 0 {
		return 0, unknownID(s, err)
	}
	return ID(n), nil
}

func unknownID(name string, err error) error {
	return &Error{
		Message: fmt.Sprintf("%q is not the id of an exchange", name),
		Advice:  "`parley history list` shows the ids; `last` and `~2` (the one before the last) work too",
		Err:     err,
	}
}

// Find returns the exchange that a person names: by the id that lists show, `last` for the newest, `~2` for the one before
// that and so on.
func (s *Store) Find(ctx context.Context, name string) (ID, error) {
	back := 0
	switch count, counted := strings.CutPrefix(name, "~"); {
	case name == "last":
		back = 1
	case counted:
		n, err := strconv.Atoi(count)
		if err != nil || n < 1 {
			return 0, unknownID(name, err)
		}
		back = n
	default:
		return ParseID(name)
	}
	var id int64
	err := s.read.QueryRowContext(ctx, "SELECT id FROM exchanges ORDER BY id DESC LIMIT 1 OFFSET ?", back-1).Scan(&id)
	switch {
	case errors.Is(err, sql.ErrNoRows) && back == 1:
		return 0, &Error{Message: "the history is empty", Advice: "`parley send` fills it", Err: ErrNotFound}
	case errors.Is(err, sql.ErrNoRows):
		return 0, &Error{Message: "history has no exchange " + name, Advice: "`parley history list` shows what there is", Err: ErrNotFound}
	}
	return ID(id), explain("read history", err)
}
