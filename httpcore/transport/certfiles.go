package transport

import (
	"crypto/x509"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"parley/httpcore"
)

// loadRoots adds the certificates to trust from a PEM file, or from every file of a folder that holds some.
func loadRoots(roots *x509.CertPool, path string) error {
	const hint = "point verify at a PEM file of CA certificates, or at a folder of them"
	stat, err := os.Stat(path)
	if err != nil {
		return fileError("CA certificates", path, hint, err)
	}
	files := []string{path}
	if stat.IsDir() {
		if files, err = filesIn(path); err != nil {
			return fileError("CA certificates", path, hint, err)
		}
	}
	found := false
	for _, file := range files {
		pem, err := os.ReadFile(file)
		if err != nil {
			return fileError("CA certificates", file, hint, err)
		}
		found = roots.AppendCertsFromPEM(pem) || found
	}
	if !found {
		return fileError("CA certificates", path, hint, errors.New("no PEM certificate is in it"))
	}
	return nil
}

// filesIn lists the files right in a folder, links to files included: OpenSSL's folders are full of those.
func filesIn(folder string) ([]string, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	var files []string
	for _, entry := range entries {
		path := filepath.Join(folder, entry.Name())
		if stat, err := os.Stat(path); err == nil && stat.Mode().IsRegular() {
			files = append(files, path)
		}
	}
	return files, nil
}

// fileError says that a file which TLS needs cannot be used; nothing has been sent.
func fileError(what, path, hint string, err error) error {
	var underlying *os.PathError
	if errors.As(err, &underlying) {
		path, err = underlying.Path, underlying.Err
	}
	return &httpcore.Error{
		Kind:    httpcore.KindRequest,
		Message: fmt.Sprintf("cannot use the %s %s: %v", what, path, err),
		Advice:  hint,
		Err:     err,
	}
}
