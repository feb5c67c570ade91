package ui

import (
	"regexp"
	"strings"
	"time"

	"parley/collections"
	"parley/httpcore"
	"parley/ui/job"
)

// mainScenes are what one sees most, and what a send shows.
var mainScenes = []scene{
	{"first", func(*bench) {}},
	{"sent", func(b *bench) { b.send("200 OK") }},
	{"headers", func(b *bench) {
		b.root.OpenRequest("users/create")
		b.root.tab().request.Show("Headers")
		b.Press("alt+3", "enter")
		b.Type("!")
	}},
	{"palette", func(b *bench) {
		b.Press("ctrl+p")
		b.Type("us")
	}},
	{"help", func(b *bench) { b.Press("f1") }},
	{"completion", func(b *bench) {
		b.Press("ctrl+l")
		b.Type("use")
		b.WaitText("tab accept")
		b.Press("down")
	}},
	{"completion-variable", func(b *bench) {
		layers(b)
		b.Press("ctrl+l")
		b.Type("http://{{")
		b.WaitText("tab accept")
	}},
	{"url-unknown", func(b *bench) {
		b.Press("ctrl+l")
		b.Type("http://api.test/{{bas_url}}")
	}},
	{"url-guessed", func(b *bench) {
		b.Press("ctrl+l")
		b.Type("api.example.com/users?page=2")
	}},
	{"variable", func(b *bench) {
		layers(b)
		b.setURL("http://{{host}}/{{tokn}}")
		b.Press("home", "alt+v")
		b.WaitText("{{host}} =")
	}},
	{"environments", func(b *bench) { environmentsOpen(b) }},
	{"environment", func(b *bench) {
		environmentsOpen(b)
		b.Press("enter")
	}},
	{"history", func(b *bench) {
		b.send("200 OK")
		b.Press("ctrl+r")
		b.Type("status:200")
		b.WaitText("0s ago")
	}},
	{"error", func(b *bench) {
		b.root.OpenRequest("orders/cut-off")
		b.send("✗ truncated")
	}},
	{"attempts", func(b *bench) { b.shows(eventful(b.t), "Attempts") }},
	{"attempt", func(b *bench) {
		b.shows(eventful(b.t), "Attempts")
		b.Press("G", "enter")
	}},
	{"waiting", func(b *bench) {
		b.Press("alt+4")
		b.root.tab().response.ShowSide("Attempts")
		b.running(waitingState())
	}},
	{"wire", func(b *bench) { b.shows(eventful(b.t), "Wire") }},
	{"cookies", func(b *bench) { b.shows(eventful(b.t), "Cookies") }},
	{"timing", func(b *bench) {
		b.shows(eventful(b.t), "Timing")
		b.Press("G")
	}},
	{"events", func(b *bench) {
		b.Press("alt+4")
		b.running(eventsState(b.t))
	}},
	{"tokens", func(b *bench) {
		b.root.OpenRequest("users/list")
		b.root.tab().request.Show("Auth")
		b.root.tab().draft.Auth = collections.Auth{Type: collections.Str("oauth2")}
		b.root.edit(b.root.tab(), b.root.tab().draft)
		b.root.tab().grant = httpcore.Fields{{Name: "token_url", Value: "https://id.example/token"}, {Name: "client_id", Value: "workbench"}}
		list := keptTokens(b.now())
		b.root.tellToken(b.root.tab(), list)
		b.root.pushTokens(list)
	}},
	{"token", func(b *bench) {
		b.root.OpenRequest("users/list")
		b.root.tab().draft.Auth = collections.Auth{Type: collections.Str("oauth2")}
		b.root.edit(b.root.tab(), b.root.tab().draft)
		b.Press("alt+3")
		b.root.tab().request.Show("Auth")
		b.root.tab().grant = httpcore.Fields{{Name: "token_url", Value: "https://id.example/token"}, {Name: "client_id", Value: "workbench"}}
		b.root.tellToken(b.root.tab(), keptTokens(b.now()))
	}},
	{"sign-in", func(b *bench) {
		state := job.State{Started: b.now(), Notice: "Open https://id.example/pair and enter the code WDJB-MJHT\nor open https://id.example/pair?code=WDJB-MJHT"}
		b.running(state)
		b.root.ask(b.root.tab().id, state.Notice, func() {})
	}},
	{"asked", func(b *bench) {
		b.shows(asking401(b.t), "Body")
		b.WaitText(" lines")
		b.root.tab().response.Refresh()
	}},
	{"why", func(b *bench) {
		b.root.OpenRequest("users/create")
		b.root.tab().request.Show("Headers")
		b.Press("alt+3", "alt+y")
		b.WaitText("Where every value comes from")
		b.Press("/", "esc")
	}},
	{"why-one", func(b *bench) {
		b.root.OpenRequest("users/create")
		b.Press("alt+y")
		b.WaitText("Where every value comes from")
	}},
	{"options", func(b *bench) {
		b.root.OpenRequest("users/create")
		b.Press("alt+3", "alt+z")
		b.root.tab().request.Show("Options")
		b.Press("down", "down", "down", "down", "down")
		b.Type("3")
	}},
	{"graphql", func(b *bench) {
		b.root.tab().draft.Body = collections.Body{Kind: collections.BodyGraphQL, GraphQL: collections.GraphQL{
			Query: collections.Str("query User($id: ID!) {\n  user(id: $id) {\n    name\n  }\n}"), Variables: collections.Str(`{"id": "{{email}}"}`), Operation: collections.Str("User"),
		}}
		b.root.edit(b.root.tab(), b.root.tab().draft)
		b.root.tab().request.Show("Body")
		b.Press("alt+3", "alt+z", "alt+down", "end")
	}},
	{"download", func(b *bench) { b.running(moving(b.t, 3_400_000)) }},
	{"upload", func(b *bench) {
		state := moving(b.t, 0)
		state.Phase, state.Response, state.Receiving = httpcore.PhaseSend, nil, time.Time{}
		state.Sent, state.SendTotal, state.Sending = 12_000_000, 48_000_000, b.now().Add(-3*time.Second)
		b.running(state)
	}},
	{"jar", func(b *bench) {
		b.fillJar()
		b.Press("alt+c", "down")
	}},
	{"jar-edit", func(b *bench) {
		b.fillJar()
		b.Press("alt+c", "down", "enter")
	}},
	{"sessions", func(b *bench) {
		b.fillJar()
		b.root.work.Sessions.Get("admin")
		b.Press("alt+s")
		b.WaitText("admin")
	}},
	{"sidebar", func(b *bench) { b.Press("alt+1") }},
	{"split", func(b *bench) {
		b.send("200 OK")
		b.Press("alt+\\")
		b.send("200 OK")
		b.Press("alt+4", "1", "alt+4")
		b.root.pinResponse()
		b.WaitFor("both bodies", func(string) bool {
			b.root.notices.dismiss()
			b.root.refreshResponses()
			grid := b.Grid()
			return strings.Count(grid, " lines")+strings.Count(grid, "1 line ") >= 2
		})
		b.root.refreshResponses() // a body that has come between two looks has its scroll bar now
	}},
	{"tabs", func(b *bench) {
		b.root.PreviewRequest("users/create")
		b.root.OpenRequest("users/list")
		b.root.pinTab()
		b.root.notices.dismiss()
		b.root.listTabs()
	}},
}

// send sends the current request, waits for text in its answer and for the end of its content, and gives the exchange
// times that are the same in every run.
func (b *bench) send(text string) {
	b.t.Helper()
	b.Press("f5")
	b.WaitText(text)
	b.WaitText(" line")
	b.WaitFor("the history", func(string) bool { return b.root.tab().job == nil && len(b.root.recording) == 0 })
	x := b.root.tab().exchange
	x.Ended = x.Started.Add(42 * time.Millisecond)
	b.root.show(b.root.tab(), x, "")
	b.root.tab().response.Refresh()
}

// stable is the screen without the port that the playground has in this run, also where only its beginning is seen.
func (b *bench) stable() string {
	return port.ReplaceAllStringFunc(b.Grid(), func(address string) string {
		host, number, _ := strings.Cut(address, ":")
		return host + ":" + strings.Repeat("0", len(number))
	})
}

var port = regexp.MustCompile(`127\.0\.0\.1:\d+`)
