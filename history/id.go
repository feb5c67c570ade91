package history

import (
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
		return 0, &Error{
			Message: fmt.Sprintf("%q is not the id of an exchange", s),
			Advice:  "`parley history list` shows the ids; `last` and `~2` (the one before the last) work too",
			Err:     err,
		}
	}
	return ID(n), nil
}
