package playground

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// listReposCSV answers with the repositories as a table.
func listReposCSV(w http.ResponseWriter, _ *http.Request) {
	var b bytes.Buffer
	table := csv.NewWriter(&b)
	rows := [][]string{{"id", "full_name", "language", "stars", "forks", "updated_at", "topics", "description"}}
	for _, r := range seedRepos() {
		rows = append(rows, []string{
			strconv.Itoa(r.ID), r.FullName, r.Language, strconv.Itoa(r.Stars), strconv.Itoa(r.Forks), r.UpdatedAt.Format(time.RFC3339),
			strings.Join(r.Topics, ", "), r.Description,
		})
	}
	if err := table.WriteAll(rows); err != nil {
		problem(w, http.StatusInternalServerError, err.Error())
		return
	}
	w.Header().Set("Content-Type", "text/csv; charset=utf-8; header=present")
	_, _ = w.Write(b.Bytes()) // fails only when the client has gone
}

// formBody answers with a form, as a browser sends one.
func formBody(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/x-www-form-urlencoded")
	fmt.Fprint(w, "name=Ada+Lovelace&born=1815-12-10&likes=engines&likes=poetry+%26+sums&note=Gr%C3%B6%C3%9Fe:+100+%25%0Asecond+line&empty=")
}

// multipartText has parts of several kinds, one of them of several parts itself; %s is a picture.
const multipartText = `A client that knows no parts shows this.
--playground-outer
Content-Type: text/plain; charset=utf-8
Content-Disposition: inline; name="note"

Every part has a head of its own.

--playground-outer
Content-Type: application/json
Content-Disposition: form-data; name="user"; filename="user.json"

{"login":"ada","name":"Ada Lovelace"}
--playground-outer
Content-Type: image/png
Content-Disposition: form-data; name="photo"; filename="squares.png"

%s
--playground-outer
Content-Type: multipart/alternative; boundary=playground-inner

--playground-inner
Content-Type: text/plain

The same as text.
--playground-inner
Content-Type: text/html

<p>The same as <b>HTML</b>.</p>
--playground-inner--
--playground-outer--
`

func multipartBody(w http.ResponseWriter, _ *http.Request) {
	var picture bytes.Buffer
	if err := png.Encode(&picture, squares()); err != nil {
		problem(w, http.StatusInternalServerError, err.Error())
		return
	}
	w.Header().Set("Content-Type", "multipart/mixed; boundary=playground-outer")
	fmt.Fprintf(w, strings.ReplaceAll(multipartText, "\n", "\r\n"), picture.Bytes())
}

// squares is a picture of eight by eight squares, which get redder to the right and bluer downwards.
func squares() image.Image {
	const side = 16
	m := image.NewRGBA(image.Rect(0, 0, 8*side, 8*side))
	for y := range 8 * side {
		for x := range 8 * side {
			m.SetRGBA(x, y, color.RGBA{uint8(x / side * 36), uint8((x/side + y/side) % 2 * 120), uint8(y / side * 36), 255})
		}
	}
	return m
}
