package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"parley/collections"
	"parley/history"
	"parley/httpcore"
)

// side is one of two responses that are compared.
type side struct {
	name     string
	response *httpcore.Response
	ignore   []string // what its request says does not count
	secrets  []httpcore.Secret
	close    []func() error // the last first
}

func (s *side) Close() (err error) {
	for i := len(s.close) - 1; i >= 0; i-- {
		err = errors.Join(err, s.close[i]())
	}
	return err
}

// side finds or sends what an argument names. A saved request comes before an exchange whose id reads the same.
func (p *Program) side(ctx context.Context, dir, name string, f requestFlags) (*side, error) {
	collection, err := p.tree(dir)
	if err != nil {
		return nil, err
	}
	if isCurl(name) || collections.LooksLikeURL(name) || savedPaths(collection)(name) {
		return p.present(ctx, dir, name, f)
	}
	if _, err := history.ParseID(name); err != nil && name != "last" && !strings.HasPrefix(name, "~") {
		return nil, neither(name)
	}
	s, err := p.past(ctx, name)
	if errors.Is(err, history.ErrNotFound) && name != "last" && !strings.HasPrefix(name, "~") {
		return nil, neither(name)
	}
	return s, err
}

func neither(name string) error {
	return &UsageError{
		Message: fmt.Sprintf("%q is neither an exchange of the history nor a saved request", name),
		Advice:  "`parley history list` and `parley list` show what there is",
	}
}

// past is an exchange of the history.
func (p *Program) past(ctx context.Context, name string) (s *side, err error) {
	store, err := p.openHistory(ctx)
	if err != nil {
		return nil, err
	}
	s = &side{name: name, close: []func() error{store.Close}}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.Close())
		}
	}()
	id, err := store.Find(ctx, name)
	if err != nil {
		return s, err
	}
	entry, err := store.Get(ctx, id)
	if err != nil {
		return s, err
	}
	s.close = append(s.close, entry.Exchange.Close)
	if s.response = entry.Exchange.Response(); s.response == nil {
		return s, &UsageError{Message: fmt.Sprintf("no response came in the exchange %s", id), Advice: "`parley history show` tells why"}
	}
	if collection, err := p.collectionOf(entry.Meta); err == nil && collection != nil && entry.Meta.Request != "" {
		if request, err := collection.Request(entry.Meta.Request); err == nil { // it may be gone; the exchange is not
			s.ignore = ignoredBy(request)
		}
	}
	return s, nil
}

func ignoredBy(r *collections.Request) (list []string) {
	for _, v := range r.Compare.Ignore {
		list = append(list, v.Text)
	}
	return list
}

// present sends a request, and records it as `send` does.
func (p *Program) present(ctx context.Context, dir, name string, f requestFlags) (s *side, err error) {
	c, err := p.prepareCall(ctx, dir, []string{name}, f, bodyFlags{ignoreStdin: true})
	if err != nil {
		return nil, err
	}
	s = &side{name: name, close: []func() error{c.work.Close}}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.Close())
		}
	}()
	s.ignore = ignoredBy(c.request)
	if err := c.work.Guard(c.out.Request.Method); err != nil {
		return s, err
	}
	session, err := c.work.SessionFor(c.out)
	if err != nil {
		return s, err
	}
	prepared, err := session.Prepare(ctx, c.out.Request)
	if err != nil {
		return s, err
	}
	x, failure := session.Do(ctx, prepared, nil)
	s.close = append(s.close, x.Close)
	if meta := p.meta(c); meta != nil {
		p.record(*meta, x)
	}
	s.response, s.secrets = x.Response(), x.Request.Secrets
	if failure != nil {
		return s, failure
	}
	p.warnOfTrust(x)
	return s, nil
}
