package history

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"net/url"
	"strings"
)

// insert writes records in one transaction. A record that is there already, because a process died between taking in a
// spool file and removing it, keeps its id.
func (s *Store) insert(ctx context.Context, batch []*record) ([]ID, error) {
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	defer tx.Rollback() //nolint:errcheck // a no-op after Commit; an error before it is returned already
	ids := make([]ID, len(batch))
	for i, r := range batch {
		if ids[i], err = s.insertOne(ctx, tx, r); err != nil {
			return nil, err
		}
	}
	return ids, tx.Commit()
}

func (s *Store) insertOne(ctx context.Context, tx *sql.Tx, r *record) (ID, error) {
	var id int64
	switch err := tx.QueryRowContext(ctx, "SELECT id FROM exchanges WHERE uid = ?", r.UID).Scan(&id); {
	case err == nil:
		return ID(id), nil
	case !errors.Is(err, sql.ErrNoRows):
		return 0, err
	}
	data, err := json.Marshal(r)
	if err != nil {
		return 0, err
	}
	if id, err = freeID(ctx, tx, r.Started.UnixMicro()); err != nil {
		return 0, err
	}
	row := summarize(r)
	if _, err := tx.ExecContext(ctx, `INSERT INTO exchanges
		(id, uid, collection, request, environment, session, method, url, host, status, reason, error, total, size, record)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		id, r.UID, r.Meta.Collection, r.Meta.Request, row.Environment, r.Meta.Session, row.Method, row.URL, row.Host,
		row.Status, row.Reason, string(row.ErrorKind), int64(row.Total), row.Size, data); err != nil {
		return 0, err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO exchanges_text (rowid, url, heads, body) VALUES (?, ?, ?, ?)",
		id, row.URL, headText(r), s.bodyText(r))
	return ID(id), err
}

func freeID(ctx context.Context, tx *sql.Tx, wanted int64) (int64, error) {
	for {
		var taken int64
		switch err := tx.QueryRowContext(ctx, "SELECT id FROM exchanges WHERE id = ?", wanted).Scan(&taken); {
		case errors.Is(err, sql.ErrNoRows):
			return wanted, nil
		case err != nil:
			return 0, err
		}
		wanted++
	}
}

// summarize picks what a list shows: the request as it was first sent, and how the last attempt ended.
func summarize(r *record) Summary {
	row := Summary{
		Collection: r.Meta.Collection, Request: r.Meta.Request, Environment: strings.Join(r.Meta.Environments, ","),
		Method: r.Asked.Method, URL: r.Asked.URL, Total: r.Total,
	}
	if row.Method == "" {
		row.Method = "GET"
	}
	if len(r.Hops) > 0 {
		row.Method, row.URL = r.Hops[0].Method, r.Hops[0].URL
	}
	if u, err := url.Parse(row.URL); err == nil {
		row.Host = u.Host
	}
	if r.Error != nil {
		row.ErrorKind = r.Error.Kind
	}
	if last := r.last(); last != nil {
		row.Status, row.Reason = last.Status, last.Reason
		if last.Body != nil {
			row.Size = last.Body.Size
		}
	}
	return row
}

func (r *record) last() *response {
	if len(r.Hops) == 0 {
		return nil
	}
	attempts := r.Hops[len(r.Hops)-1].Attempts
	if len(attempts) == 0 {
		return nil
	}
	return attempts[len(attempts)-1].Response
}
