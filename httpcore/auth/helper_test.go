package auth

import (
	"context"
	"errors"
	"testing"

	"parley/httpcore"
)

// notices are what a user was told; nothing can be sent by them.
type notices []string

func (n *notices) Notice(text string) { *n = append(*n, text) }

func (n *notices) Send(context.Context, *httpcore.Request) (*httpcore.Exchange, error) {
	return nil, errors.New("there is no network")
}

func bare(t *testing.T, url string) *httpcore.Prepared {
	t.Helper()
	p, err := httpcore.NewSession(httpcore.SessionOptions{}).Prepare(t.Context(), &httpcore.Request{URL: url})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func preparedIn(t *testing.T, e Environment, scheme string, values [][2]string, url string) (*httpcore.Prepared, error) {
	t.Helper()
	return httpcore.NewSession(httpcore.SessionOptions{Schemes: Schemes(e)}).Prepare(t.Context(), &httpcore.Request{
		URL: url, Auth: httpcore.Auth{Type: scheme, Values: list(values)},
	})
}

func authorization(t *testing.T, scheme string, r *httpcore.Request, values [][2]string) string {
	t.Helper()
	r.Auth = httpcore.Auth{Type: scheme, Values: list(values)}
	value, _ := prepared(t, Environment{}, r).Header("Authorization")
	return value
}

func prepared(t *testing.T, e Environment, r *httpcore.Request) *httpcore.Prepared {
	t.Helper()
	p, err := httpcore.NewSession(httpcore.SessionOptions{Schemes: Schemes(e)}).Prepare(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func list(pairs [][2]string) httpcore.Fields {
	var fields httpcore.Fields
	for _, pair := range pairs {
		fields.Add(pair[0], pair[1])
	}
	return fields
}
