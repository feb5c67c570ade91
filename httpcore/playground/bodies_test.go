package playground

import (
	"encoding/csv"
	"encoding/json"
	"image/png"
	"io"
	"mime"
	"mime/multipart"
	"net/url"
	"strings"
	"testing"
)

// Those who wrote readers of these formats read what is sent.
func TestBodiesAreWhatTheySay(t *testing.T) {
	s := start(t)
	_, body := call(t, "GET", s.URL+"/repos.csv", "")
	rows, err := csv.NewReader(strings.NewReader(body)).ReadAll()
	if err != nil || len(rows) != len(seedRepos())+1 || rows[0][1] != "full_name" {
		t.Errorf("%d rows, %v", len(rows), err)
	}
	_, body = call(t, "GET", s.URL+"/form", "")
	form, err := url.ParseQuery(body)
	if err != nil || form.Get("note") != "Größe: 100 %\nsecond line" || len(form["likes"]) != 2 {
		t.Errorf("%v, %v", form, err)
	}
	res, body := call(t, "GET", s.URL+"/multipart", "")
	_, params, err := mime.ParseMediaType(res.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	parts := multipart.NewReader(strings.NewReader(body), params["boundary"])
	var kinds []string
	for {
		part, err := parts.NextPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		kinds = append(kinds, part.Header.Get("Content-Type"))
		if part.FileName() == "squares.png" {
			if m, err := png.Decode(part); err != nil || m.Bounds().Dx() != 128 {
				t.Errorf("the picture: %v", err)
			}
		}
	}
	if len(kinds) != 4 || !strings.HasPrefix(kinds[3], "multipart/alternative") {
		t.Errorf("parts: %v", kinds)
	}
}

func TestBigJSONMayComeSlowly(t *testing.T) {
	s := start(t)
	if _, body := call(t, "GET", s.URL+"/json/big?size=300KB&rate=100MB", ""); len(body) != 300_000 || !json.Valid([]byte(body)) {
		t.Errorf("%d bytes", len(body))
	}
}
