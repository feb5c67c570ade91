package history

import "context"

// urlsLooked is how many of the newest exchanges are looked at for URLs: enough for what one works with, and no more work
// in a long history.
const urlsLooked = 2000

// Visited is a URL that was asked for, with the method it was asked with last.
type Visited struct{ Method, URL string }

// URLs returns the URLs of the newest exchanges, each once, the newest first, at most that many. Secrets in them are
// marked.
func (s *Store) URLs(ctx context.Context, most int) ([]Visited, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT method, url, max(id) AS newest FROM
		(SELECT id, method, url FROM exchanges ORDER BY id DESC LIMIT ?) GROUP BY url ORDER BY newest DESC LIMIT ?`, urlsLooked, most)
	if err != nil {
		return nil, explain("read the URLs of history", err)
	}
	defer rows.Close() //nolint:errcheck // rows.Err says what matters
	var found []Visited
	for rows.Next() {
		var (
			v      Visited
			newest int64
		)
		if err := rows.Scan(&v.Method, &v.URL, &newest); err != nil {
			return nil, explain("read the URLs of history", err)
		}
		found = append(found, v)
	}
	return found, explain("read the URLs of history", rows.Err())
}
