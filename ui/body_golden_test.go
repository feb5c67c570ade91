package ui

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"parley/httpcore"
)

// orders is a body with something to fold, to find and to filter.
const orders = `{"orders":[` +
	`{"id":1,"state":"paid","total":12.50,"customer":{"name":"Ada Lovelace","email":"ada@acme.test"},"items":[{"sku":"A-1","count":2},{"sku":"B-7","count":1}]},` +
	`{"id":2,"state":"open","total":1e400,"customer":{"name":"日本語 \u00e9\n","email":"grace@acme.test"},"items":[]},` +
	`{"id":3,"state":"paid","total":0.10,"customer":{"name":"Linus","email":null},"items":[{"sku":"C-3","count":9007199254740993}]}],` +
	`"next":"https://api.example/orders?page=2&filter=a-very-long-value-that-does-not-fit-on-a-line-of-eighty-cells","more":true}`

// answered is an exchange whose answer has that body.
func answered(t testing.TB, contentType, text string) *httpcore.Exchange {
	response := &httpcore.Response{
		Proto: "HTTP/1.1", Status: 200, Reason: "OK", Body: stored(t, text), Headers: httpcore.Fields{{Name: "Content-Type", Value: contentType}},
	}
	attempt := &httpcore.Attempt{Started: then0, Response: response, Timeline: httpcore.Timeline{span(httpcore.PhaseWait, 0, 30), span(httpcore.PhaseReceive, 30, 42)}}
	return &httpcore.Exchange{
		Request: &httpcore.Request{}, Started: then0, Ended: then0.Add(42 * time.Millisecond),
		Hops: []*httpcore.Hop{{Prepared: prepared(t, "GET", "https://api.example/orders"), Attempts: []*httpcore.Attempt{attempt}}},
	}
}

// body shows a body on the whole screen, and waits for all of its lines.
func (b *bench) body(contentType, text string) {
	b.t.Helper()
	b.shows(answered(b.t, contentType, text), "Body")
	b.known()
}

// known waits until every line of what is seen is known.
func (b *bench) known() {
	b.t.Helper()
	for range 2 { // what a body is may become clear with its end, and then it is looked at anew
		b.Send(then{b.root.tab().response.Refresh})
		b.WaitFor("the lines", func(grid string) bool { return linesKnown.MatchString(grid) || strings.Contains(grid, "is empty.") })
	}
	b.Send(then{b.root.tab().response.Refresh})
}

var linesKnown = regexp.MustCompile(`(?m)· \d+ lines?[^+\n]*$`)

// inOrders begins a scene with that body on the whole screen.
func inOrders(name string, play func(*bench)) scene {
	return scene{"body-" + name, func(b *bench) {
		b.body("application/json", orders)
		play(b)
	}}
}

// bodyScenes are how a body is looked at.
var bodyScenes = []scene{
	inOrders("pretty", func(b *bench) { b.Press("down", "down", "down", "down", "down", "down", "down") }),
	inOrders("folded", func(b *bench) {
		b.Press("2")
		b.known()
		b.Press("down", "down", "J", "right", "down", "down")
		b.known()
	}),
	inOrders("found", func(b *bench) {
		b.Press("2", "/")
		b.Type("acme")
		b.WaitText("1 of 2")
		b.WaitFor("the first", func(string) bool { return strings.HasSuffix(b.under(), "[0].customer.email") })
		b.Press("enter", "n")
		b.WaitFor("the second", func(string) bool { return strings.HasSuffix(b.under(), "[1].customer.email") })
		b.known()
		b.WaitFor("the marks in the scroll bar, of what is unfolded by now", func(grid string) bool { return marked(grid, 36, 8, 27) })
	}),
	inOrders("search-wrong", func(b *bench) {
		b.Press("/")
		b.Type("/[a-/")
	}),
	inOrders("wrapped", func(b *bench) { b.Press("w", "G", "up") }),
	inOrders("raw", func(b *bench) { b.Press("v"); b.known() }),
	inOrders("hex", func(b *bench) { b.Press("V"); b.Type("hex"); b.Press("enter") }),
	inOrders("copying", func(b *bench) { b.Press("down", "down", "down", "Y") }),
	inOrders("filtered", func(b *bench) {
		b.Press("f")
		b.Type(".orders[] | {id, sum: .total, who: .customer.name}")
		b.WaitText("3 results")
		b.Press("enter", "down", "down")
		b.known()
	}),
	inOrders("filter-wrong", func(b *bench) {
		b.Press("f")
		b.Type(".orders[0]")
		b.WaitText("1 result")
		b.Type(" | | .id")
		b.known()
	}),
	inOrders("filter-asks", func(b *bench) {
		b.Press("f")
		b.Type("!sort | uniq -c")
		b.Press("enter")
	}),
}

// marked reports whether the scroll bar of a body with that many lines has its marks where these lines stand. A body that
// is seen as a whole has none.
func marked(grid string, total int, lines ...int) bool {
	body, _, _ := strings.Cut(grid, "\n /")
	rows := strings.Split(body, "\n")[1:]
	if len(rows) >= total {
		return true
	}
	for _, line := range lines {
		if row := rows[line*len(rows)/total]; !strings.HasSuffix(row, "╪") && !strings.HasSuffix(row, "╋") {
			return false
		}
	}
	return true
}

// otherBodies are bodies of other kinds, as they are seen at first.
func otherBodies() (list []scene) {
	for _, of := range []struct{ name, contentType, text string }{
		{"table", "text/csv", "id,name,note\n1,Ada,\"first, of course\"\n2,日本語,\n3,Linus,a note that is longer than all the others by far\n"},
		{"form", "application/x-www-form-urlencoded", "name=Ada+Lovelace&mail=ada%40acme.test&empty=&name=again"},
		{"xml", "application/xml", "<?xml version='1.0'?><orders n='2'><order id='1'><total>12.50</total></order><!-- more --><order id='2'/></orders>"},
		{"html", "text/html", "<!doctype html><html><head><title>Orders</title></head><body><p>One<br>two</p><ul><li>a<li>b</ul></body></html>"},
		{"broken", "application/json", `{"a": [1, 2, {"b": tru}], "c": 3}`},
		{"empty", "application/json", ""},
	} {
		list = append(list, scene{"body-" + of.name, func(b *bench) { b.body(of.contentType, of.text) }})
	}
	return list
}
