package disk

import (
	"errors"

	"golang.org/x/sys/windows"
)

func errnoKind(err error) Kind {
	var errno windows.Errno
	if !errors.As(err, &errno) {
		return KindOther
	}
	switch errno {
	case windows.ERROR_DISK_FULL, windows.ERROR_HANDLE_DISK_FULL, windows.ERROR_DISK_QUOTA_EXCEEDED:
		return KindFull
	case windows.ERROR_WRITE_PROTECT:
		return KindReadOnly
	case windows.ERROR_ACCESS_DENIED, windows.ERROR_SHARING_VIOLATION:
		return KindDenied
	case windows.ERROR_DIR_NOT_EMPTY:
		return KindNotEmpty
	case windows.ERROR_INVALID_NAME, windows.ERROR_FILENAME_EXCED_RANGE:
		return KindBadName
	}
	return KindOther
}

func linksUnsupported(err error) bool {
	return errors.Is(err, windows.ERROR_INVALID_FUNCTION) || errors.Is(err, windows.ERROR_NOT_SUPPORTED)
}
