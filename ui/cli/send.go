package cli

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/spf13/cobra"

	"parley/collections"
	"parley/collections/resolve"
	"parley/httpcore"
)

// sendFlags are what `parley send` can be told.
type sendFlags struct {
	requestFlags
	bodyFlags
	printFlags
	snapshotFlags
	offline bool
}

// requestFlags say what is sent and how; every verb that sends a request takes them.
type requestFlags struct {
	choices
	shortcuts
	set     []string
	resolve []string
	timeout string
	fail    bool
}

func (f *requestFlags) register(cmd *cobra.Command) {
	f.choices.register(cmd)
	flags := cmd.Flags()
	flags.StringArrayVar(&f.set, "set", nil, "`KEY=VALUE` of any key of the file, such as options.timeout.read=1s")
	flags.StringArrayVar(&f.resolve, "resolve", nil, "`HOST:PORT:ADDR` to connect to instead, as curl")
	flags.StringVar(&f.timeout, "timeout", "", "`DURATION` to connect and between two reads, such as 10s; false waits for ever")
	flags.BoolVar(&f.fail, "fail", false, "exit with 1 on a status of 400 or more")
}

// assignment sets a key of the file, as a flag asks for.
type assignment struct{ flag, text string }

// assignments are the flags that are short for --set, after which --set itself wins.
func (f *requestFlags) assignments() ([]assignment, error) {
	list, err := f.shortcuts.assignments()
	if err != nil {
		return nil, err
	}
	fixed, err := addresses(f.resolve)
	if err != nil {
		return nil, err
	}
	for _, from := range slices.Sorted(maps.Keys(fixed)) {
		list = append(list, assignment{"--resolve", "options.network.resolve." + strconv.Quote(from) + "=" + strconv.Quote(fixed[from])})
	}
	if f.session != "" {
		list = append(list, assignment{"--session", "options.session=" + strconv.Quote(f.session)})
	}
	if f.timeout != "" {
		list = append(list, assignment{"--timeout", "options.timeout=" + f.timeout})
	}
	if f.fail {
		list = append(list, assignment{"--fail", "options.fail=true"})
	}
	for _, set := range f.set {
		list = append(list, assignment{collections.OverrideFile, set})
	}
	return list, nil
}

func (p *Program) sendVerb() *cobra.Command {
	var f sendFlags
	cmd := &cobra.Command{
		Use:   "send [METHOD] TARGET [ITEM...]",
		Short: "Send one request, print the response",
		Long:  sendHelp,
		Example: `  parley send :8080/users                          GET http://localhost:8080/users
  parley send api.test/users name=Ada admin:=true  POST {"name": "Ada", "admin": true}
  parley send PUT :8080/users/1 Authorization:'Bearer x' q==1 @user.json
  parley send --form :8080/upload note=hi photo@ada.png
  parley send users/create --env dev --var email=ada@example.com
  parley send 'curl -H "Accept: text/html" https://example.com'
  parley send :8080/events --stream events | jq -r .data
  parley send https://example.com/big.iso --continue
  parley send :8080/users --jq '.[] | .email' -r
  parley send tour/first-get --har | jq '.log.entries[0].response.status'`,
		Args:              needTarget,
		ValidArgsFunction: p.completeSaved,
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.send(cmd.Context(), p.dir(cmd), args, f)
		},
	}
	f.requestFlags.register(cmd)
	f.shortcuts.register(cmd)
	f.bodyFlags.register(cmd)
	f.printFlags.register(cmd)
	f.streamFlags.register(cmd)
	f.snapshotFlags.register(cmd)
	f.registerSaving(cmd)
	flags := cmd.Flags()
	flags.BoolVar(&f.offline, "offline", false, "print the request as it would be sent, and send nothing")
	flags.BoolVar(&f.explain, "explain", false, "say on stderr where every value comes from")
	p.completeChoices(cmd)
	return cmd
}

const sendHelp = `Send one request and print the body of its response.

TARGET is a curl command (as one argument), a URL (:8080/x is localhost; http:// is added), or the path of a saved
request. A method may stand before a URL; without one it is POST when there is a body, else GET.

An ITEM adds to the request; a backslash makes a separator in it an ordinary character:
  Header:value   a header          Header:@file   its value from a file
  Header:        leave a header out   Header;     send it empty
  name==value    a query parameter name==@file    its value from a file
  field=text     a JSON or form field  field=@file  its text from a file
  field:=json    a JSON value      field:=@file   its JSON from a file
  a[b][0]=text   nested JSON; [] appends
  field@file     an upload (--form or --multipart); field@file;type=image/png
  @file          the file is the body; @- reads it from standard input

--stream prints a body piece by piece: raw as it comes, lines without blank ones, or server-sent events, which are followed
as a browser does: connected to again, after the last event, until the server says 204. Piped, an event is a JSON object
with type, id and data on a line.

--jq, --jsonpath and --xpath print what an expression selects from the body, one result a line, laid out only by --pretty
all or format. JSONPath prints while the body arrives, at any size, and as the body has it; jq sorts keys, and like XPath
needs memory for the whole body. With --stream lines, jq and JSONPath select from each line of a stream without end. A body
that is no JSON, XML or HTML, or an expression that fails on it, is an error (exit code 2); history keeps the body.

--download saves the body in NAME.part and calls it NAME once it is whole: NAME is -o's, else the server's, which never takes
the place of another file. --continue goes on with a part, if the server's file is still the same by its ETag or
Last-Modified; it also goes on with what -o alone has left.

A URL takes variables of the collection and of environments, but neither its headers nor its credentials.

Standard input is the body, as with HTTPie, where that is safe: TARGET is a URL, nothing else gives a body, and input is
redirected from a file that nothing has read yet, or is a pipe and the method is named and has a body by nature (POST,
PUT, PATCH). So a loop that feeds on standard input is not robbed of it, and a job whose input is an open pipe does not
wait for ever. @- always reads it, --ignore-stdin never.`

func needTarget(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return &UsageError{Message: "there is nothing to send to", Advice: fmt.Sprintf("`%s --help` shows how to name a target", cmd.CommandPath())}
	}
	return nil
}

func (p *Program) send(ctx context.Context, dir string, args []string, f sendFlags) (err error) {
	if err := f.printFlags.check(); err != nil {
		return err
	}
	calls, err := p.prepareCalls(ctx, dir, args, f.requestFlags, f.bodyFlags)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, calls[0].work.Close()) }()
	calls[0].work.Snapshots = p.accepts(f.snapshotFlags) // the workspace of all of them
	if !f.offline {
		p.answering(calls[0].work, calls[0].collection)
		defer calls[0].work.Responses.Close()
	}
	if len(calls) > 1 && (f.har || !f.toStdout()) {
		return &UsageError{Message: fmt.Sprintf("the curl command makes %d requests, for one output", len(calls)), Advice: "name one URL in it"}
	}
	var problems []error
	for _, c := range calls {
		problems = append(problems, p.sendCall(ctx, c, f))
		if ctx.Err() != nil {
			break
		}
	}
	return errors.Join(problems...)
}

func (p *Program) sendCall(ctx context.Context, c *call, f sendFlags) error {
	resolve := p.resolve
	if f.offline {
		resolve = p.preview
	}
	if err := resolve(ctx, c, f.requestFlags); err != nil {
		return err
	}
	if c.isSkipped() {
		p.note("parley: not sent: %s", c.made.Hooks.Skip)
		return nil
	}
	if c.manners != nil {
		f.hides = hiddenByCurl(*c.manners)
		if err := p.behaveAsCurl(c, f.session != ""); err != nil {
			return err
		}
	}
	if f.explain {
		p.explain(ctx, c)
	}
	if f.offline {
		return p.printOffline(ctx, c, f.outputFlags)
	}
	return p.exchange(ctx, c, f.printFlags)
}

// explain says where every value comes from.
func (p *Program) explain(ctx context.Context, c *call) {
	var prepared *httpcore.Prepared
	if session, err := c.work.SessionFor(c.out); err == nil { // else sending fails with that error
		prepared, _ = session.Prepare(ctx, c.out.Request)
	}
	for _, line := range resolve.Explain(c.out, prepared).Lines() {
		p.note("%s", line)
	}
}
