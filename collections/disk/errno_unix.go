//go:build !windows

package disk

import (
	"errors"
	"syscall"
)

func errnoKind(err error) Kind {
	var errno syscall.Errno
	if !errors.As(err, &errno) {
		return KindOther
	}
	switch errno {
	case syscall.ENOSPC, syscall.EDQUOT:
		return KindFull
	case syscall.EROFS:
		return KindReadOnly
	case syscall.EACCES, syscall.EPERM:
		return KindDenied
	case syscall.EISDIR:
		return KindNotFile
	case syscall.ENOTDIR:
		return KindNotFolder
	case syscall.ENOTEMPTY:
		return KindNotEmpty
	case syscall.ENAMETOOLONG, syscall.EILSEQ:
		return KindBadName
	}
	return KindOther
}

func linksUnsupported(err error) bool {
	return errors.Is(err, syscall.EPERM) || errors.Is(err, syscall.ENOTSUP) || errors.Is(err, syscall.ENOSYS) ||
		errors.Is(err, syscall.EMLINK)
}
