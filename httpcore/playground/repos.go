package playground

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
	"time"
)

// A repo is shaped after those of api.github.com. Repositories never change.
type repo struct {
	ID          int       `json:"id"`
	Name        string    `json:"name"`
	FullName    string    `json:"full_name"`
	Owner       repoOwner `json:"owner"`
	Private     bool      `json:"private"`
	Description string    `json:"description"`
	Language    string    `json:"language"`
	Stars       int       `json:"stargazers_count"`
	Forks       int       `json:"forks_count"`
	OpenIssues  int       `json:"open_issues_count"`
	Topics      []string  `json:"topics"`
	UpdatedAt   time.Time `json:"updated_at"`
}

type repoOwner struct {
	Login string `json:"login"`
	Type  string `json:"type"`
}

func listRepos(w http.ResponseWriter, r *http.Request) {
	p := paramsOf(r)
	page := pageOf(p)
	if !p.ok(w) {
		return
	}
	all := seedRepos()
	page.link(w, r, len(all))
	from, to := page.bounds(len(all))
	answer(w, http.StatusOK, all[from:to])
}

func readRepo(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("owner") + "/" + r.PathValue("name")
	all := seedRepos()
	i := slices.IndexFunc(all, func(r repo) bool { return strings.EqualFold(r.FullName, name) })
	if i < 0 {
		problem(w, http.StatusNotFound, "no such repository: "+name)
		return
	}
	answer(w, http.StatusOK, all[i])
}

// searchRepos is GitHub's search in small: words and the qualifiers language:, user: and topic: must all match.
func searchRepos(w http.ResponseWriter, r *http.Request) {
	p := paramsOf(r)
	order, known := repoOrders[p.text("sort", "")]
	if !known {
		p.fail("sort", "%q is not stars, forks or updated", p.text("sort", ""))
	}
	direction := p.text("order", "desc")
	if direction != "asc" && direction != "desc" {
		p.fail("order", "%q is not asc or desc", direction)
	}
	page := pageOf(p)
	if !p.ok(w) {
		return
	}
	q := p.text("q", "")
	if strings.TrimSpace(q) == "" {
		problem(w, http.StatusUnprocessableEntity, "validation failed", fieldError{"q", "is missing"})
		return
	}
	found := slices.DeleteFunc(seedRepos(), func(r repo) bool { return !r.matches(q) })
	slices.SortStableFunc(found, func(a, b repo) int {
		if direction == "asc" {
			return order(a, b)
		}
		return order(b, a)
	})
	page.link(w, r, len(found))
	from, to := page.bounds(len(found))
	answer(w, http.StatusOK, struct {
		TotalCount int    `json:"total_count"`
		Incomplete bool   `json:"incomplete_results"`
		Items      []repo `json:"items"`
	}{len(found), false, found[from:to]})
}

// repoOrders compare upwards. Without a sort the best known come first, as "best match" would have it.
var repoOrders = map[string]func(a, b repo) int{
	"":        func(a, b repo) int { return cmp.Compare(a.Stars, b.Stars) },
	"stars":   func(a, b repo) int { return cmp.Compare(a.Stars, b.Stars) },
	"forks":   func(a, b repo) int { return cmp.Compare(a.Forks, b.Forks) },
	"updated": func(a, b repo) int { return a.UpdatedAt.Compare(b.UpdatedAt) },
}

func (r *repo) matches(q string) bool {
	text := strings.ToLower(r.FullName + "\n" + r.Description)
	for term := range strings.FieldsSeq(strings.ToLower(q)) {
		qualifier, value, _ := strings.Cut(term, ":")
		ok := false
		switch qualifier {
		case "language":
			ok = strings.EqualFold(r.Language, value)
		case "user", "org":
			ok = strings.EqualFold(r.Owner.Login, value)
		case "topic":
			ok = slices.Contains(r.Topics, value)
		default:
			ok = strings.Contains(text, term)
		}
		if !ok {
			return false
		}
	}
	return true
}
