package pane

import (
	"parley/collections"
	"parley/themes"
	"parley/ui/widget"
)

// newSecretHosts is the section of the hosts that each secret is for: [secrets.NAME] hosts. The secrets themselves are kept
// elsewhere.
func newSecretHosts() *entries {
	return newEntries(entriesOf{
		name: "Secrets", key: "secrets", adding: "bind a secret to a host: its name, then api.test",
		get:  func(q *collections.Request) *[]collections.Entry { return &q.Around.Secrets },
		rows: hostRows, join: joinHosts,
	}, gridOptions{
		table: widget.TableOptions{Titles: [3]string{"Secret", "Host that may have it"}, Check: checkHosts},
		text:  pairText, one: "host", many: "hosts",
		below: func(row widget.Entry) (themes.Role, string) {
			if row.Name == "" {
				return themes.Faint, "a bound secret goes to no other host, redirects included"
			}
			return themes.Muted, `{{ secret("` + row.Name + `") }} is sent to no other host, redirects included`
		},
	})
}

// hostRows gives each host a row, and a secret that no host may have an empty one.
func hostRows(list []collections.Entry) []widget.Entry {
	var rows []widget.Entry
	for _, e := range list {
		if len(e.Values()) == 0 {
			rows = append(rows, widget.Entry{Name: e.Name})
		}
		rows = append(rows, toRows([]collections.Entry{e})...)
	}
	return rows
}

// joinHosts makes entries of rows; an empty list stays one.
func joinHosts(rows []widget.Entry, before []collections.Entry) []collections.Entry {
	for i := range rows {
		rows[i].Off, rows[i].Note = false, ""
	}
	list := fromRows(rows, before)
	for i, e := range list {
		for _, b := range before {
			if b.Name == e.Name && len(b.Values()) == 0 && e.Value.Equal(collections.Str("")) {
				list[i] = b
			}
		}
	}
	return list
}

func checkHosts(rows []widget.Entry) []widget.Complaint {
	var found []widget.Complaint
	for line, row := range rows {
		c, wrong := widget.Complaint{}, true
		switch {
		case row.Name == "" && row.Value != "":
			c, _ = complaintOf(themes.Warning, widget.ColumnName, "it is not said which secret is for %s", short(row.Value))
		case row.Off:
			c, _ = complaintOf(themes.Warning, widget.ColumnName, "it counts all the same: take the row out to let %s go anywhere", short(row.Name))
		case row.Value == "" && row.Name != "":
			c, _ = complaintOf(themes.Warning, widget.ColumnValue, "without a host, %s is sent nowhere", short(row.Name))
		default:
			wrong = false
		}
		if wrong {
			c.Line = line
			found = append(found, c)
		}
	}
	return found
}
