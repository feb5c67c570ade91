package script_test

import (
	"fmt"
	"strings"
	"testing"

	"parley/collections/script"
)

// TestExpect has a table of assertions with what they say when they fail; "" are those that hold.
func TestExpect(t *testing.T) {
	cases := []struct{ code, want string }{
		{"expect(1).to.equal(1)", ""},
		{"expect(1).to.equal(2)", "expected 1 to equal 2"},
		{"expect(1).to.not.equal(1)", "expected 1 to not equal 1"},
		{"expect('1').to.equal(1)", "expected '1' to equal 1"},
		{"expect(1, 'count').to.equal(2)", "count: expected 1 to equal 2"},
		{"expect({a: [1, {b: NaN}]}).to.eql({a: [1, {b: NaN}]})", ""},
		{"expect({a: 1}).to.deep.equal({a: 1})", ""},
		{"expect({a: 1}).to.equal({a: 1})", "expected { a: 1 } to equal { a: 1 }"},
		{"expect({a: 1}).to.eql({a: 2})", "expected { a: 1 } to deeply equal { a: 2 }"},
		{"expect([1, 2]).to.eql([2, 1])", "expected [ 1, 2 ] to deeply equal [ 2, 1 ]"},
		{"expect(0).to.eql(-0)", "expected 0 to deeply equal -0"},
		{"expect(new Date(5)).to.eql(new Date(5))", ""},
		{"expect(new Set([1, {a: 2}])).to.eql(new Set([1, {a: 2}]))", ""},
		{"expect(new Map([['a', 1]])).to.not.eql(new Map([['a', 2]]))", ""},
		{"expect([1]).to.eql({0: 1, length: 1})", "expected [ 1 ] to deeply equal { '0': 1, length: 1 }"},
		{"expect('text').to.include('ex')", ""},
		{"expect('text').to.include('no')", "expected 'text' to include 'no'"},
		{"expect([1, 2]).to.include(2)", ""},
		{"expect([{a: 1}]).to.deep.include({a: 1})", ""},
		{"expect([{a: 1}]).to.include({a: 1})", "expected [ { a: 1 } ] to include { a: 1 }"},
		{"expect({a: 1, b: 2}).to.include({a: 1})", ""},
		{"expect({a: 1}).to.include({a: 2})", "expected { a: 1 } to have property 'a' of 2, but got 1"},
		{"expect({a: 1, b: 2}).to.not.include({a: 1, b: 3})", ""},
		{"expect(new Set([1])).to.contain(1)", ""},
		{"expect(1).to.include(1)", "the given combination of arguments (number and number) is invalid"},
		{"expect('a1').to.match(/^a\\d$/)", ""},
		{"expect('b').to.match(/^a/)", "expected 'b' to match /^a/"},
		{"expect('b').not.to.match(/^b/)", "expected 'b' not to match /^b/"},
		{"expect({a: 1}).to.have.property('a')", ""},
		{"expect({a: 1}).to.have.property('a', 1)", ""},
		{"expect({}).to.have.property('a')", "expected {} to have property 'a'"},
		{"expect({a: 1}).to.have.property('a', 2)", "expected { a: 1 } to have property 'a' of 2, but got 1"},
		{"expect({a: 1}).to.have.property('a').that.is.a('string')", "expected 1 to be a string"},
		{"expect({a: {b: [5]}}).to.have.nested.property('a.b[0]', 5)", ""},
		{"expect({a: {}}).to.have.nested.property('a.b.c')", "to have nested property 'a.b.c'"},
		{"expect({a: [1]}).to.have.deep.property('a', [1])", ""},
		{"expect({}).to.have.own.property('toString')", "to have own property 'toString'"},
		{"expect({a: 1}).to.not.have.property('b')", ""},
		{"expect([1, 2]).to.have.lengthOf(2)", ""},
		{"expect('abc').to.have.length(2)", "expected 'abc' to have a length of 2 but got 3"},
		{"expect([1, 2, 3]).to.have.lengthOf.above(2)", ""},
		{"expect([1]).to.have.length.at.least(2)", "expected [ 1 ] to have a length at least 2 but got 1"},
		{"expect(new Map([[1, 2]])).to.have.lengthOf(1)", ""},
		{"expect([]).to.be.an('array').that.is.empty", ""},
		{"expect(1).to.be.a('string')", "expected 1 to be a string"},
		{"expect(null).to.be.a('null')", ""},
		{"expect({}).to.not.be.an('object')", "expected {} not to be an object"},
		{"expect(5).to.be.above(4).and.below(6)", ""},
		{"expect(5).to.be.above(5)", "expected 5 to be above 5"},
		{"expect(5).to.be.at.least(6)", "expected 5 to be at least 6"},
		{"expect(5).to.be.at.most(4)", "expected 5 to be at most 4"},
		{"expect(5).to.be.within(1, 4)", "expected 5 to be within 1..4"},
		{"expect(5).to.be.gt(4).and.lte(5)", ""},
		{"expect('5').to.be.above(4)", "expected '5' to be a number or a date"},
		{"expect(2).to.be.oneOf([1, 2])", ""},
		{"expect(3).to.be.oneOf([1, 2])", "expected 3 to be one of [ 1, 2 ]"},
		{"expect({a: 1, b: 2}).to.have.all.keys('a', 'b')", ""},
		{"expect({a: 1, b: 2}).to.have.keys('a')", "expected { a: 1, b: 2 } to have key 'a'"},
		{"expect({a: 1, b: 2}).to.include.keys('a')", ""},
		{"expect({a: 1}).to.have.any.keys('a', 'c')", ""},
		{"expect({a: 1}).to.have.all.keys('a', 'c')", "expected { a: 1 } to have keys 'a', and 'c'"},
		{"expect({a: 1}).to.contain.all.keys(['a'])", ""},
		{"expect([1, 2]).to.have.members([2, 1])", ""},
		{"expect([1, 2]).to.have.ordered.members([2, 1])", "to have the same ordered members as [ 2, 1 ]"},
		{"expect([1, 2, 3]).to.include.members([3])", ""},
		{"expect([{a: 1}]).to.have.deep.members([{a: 1}])", ""},
		{"expect([1]).to.have.members([1, 1])", "expected [ 1 ] to have the same members as [ 1, 1 ]"},
		{"expect(true).to.be.true", ""},
		{"expect(1).to.be.true", "expected 1 to be true"},
		{"expect(1).to.be.ok", ""},
		{"expect(0).to.be.ok", "expected 0 to be truthy"},
		{"expect(false).to.be.false", ""},
		{"expect(null).to.be.null", ""},
		{"expect(undefined).to.be.undefined", ""},
		{"expect(0).to.exist", ""},
		{"expect(null).to.exist", "expected null to exist"},
		{"expect(NaN).to.be.NaN", ""},
		{"expect('').to.be.empty", ""},
		{"expect({a: 1}).to.be.empty", "expected { a: 1 } to be empty"},
		{"expect(new Set([1])).to.not.be.empty", ""},
		{"expect(() => { throw new TypeError('bad thing') }).to.throw(TypeError, 'bad')", ""},
		{"expect(() => {}).to.throw()", "to throw an error"},
		{"expect(() => { throw new Error('a') }).to.throw(/b/)", "to throw an error matching /b/ but [Error: a] was thrown"},
		{"expect(() => {}).to.not.throw()", ""},
		{"expect('text').to.have.string('ex')", ""},
		{"expect(1.05).to.be.closeTo(1, 0.1)", ""},
		{"expect(2).to.be.closeTo(1, 0.1)", "expected 2 to be close to 1 +/- 0.1"},
		{"expect(3).to.satisfy((n) => n > 2)", ""},
		{"expect(1).to.satisfy((n) => n > 2)", "expected 1 to satisfy"},
		{"expect([]).to.be.instanceof(Array)", ""},
		{"expect([]).to.be.an.instanceOf(Map)", "expected [] to be an instance of Map"},
		{"expect([1, 2, 3].map((x) => ({id: x, name: 'a long name ' + x}))).to.be.empty", "expected [ Array(3) ] to be empty"},
		{"expect({one: 'a long text', two: 'another text', three: 3}).to.be.null", "expected { Object (one, two, ...) } to be null"},
		{"expect.fail('on purpose')", "on purpose"},
		{"expect({a: 1}).to.be.an('object').and.have.property('a').which.is.a('number').and.equals(1)", ""},
		{"expect({}).to.hav.property('a')", "Invalid Chai property: hav"},
		{"expect({then: 1}).to.have.property('then')", ""},
		{"response.to.have.status(201)", ""},
		{"response.to.have.status(200)", "expected response to have status code 200 but got 201"},
		{"response.to.have.status('Created')", ""},
		{"response.to.not.have.status(404)", ""},
		{"response.to.have.header('x-b')", ""},
		{"response.to.have.header('X-B', '3')", "expected 'X-B' response header to be '3' but got '2'"},
		{"response.to.not.have.header('X-C')", ""},
		{"response.to.be.json", ""},
		{"response.to.have.jsonBody()", ""},
		{"response.to.have.jsonBody('user.name', 'Ada')", ""},
		{"response.to.have.jsonBody('tags[1]')", ""},
		{"response.to.have.jsonBody('none')", "to have deep nested property 'none'"},
		{"response.to.have.body('x')", "expected response body to equal 'x' but got"},
		{"response.to.have.body(/Ada/)", ""},
		{"response.to.be.withBody", ""},
		{"response.to.be.success", ""},
		{"response.to.be.ok", "expected response to be 200 OK but got 201 Created"},
		{"response.to.be.clientError", "expected response to be a client error (4xx) but got 201 Created"},
		{"response.to.not.be.error", ""},
		{"response.to.be.notFound", "expected response to be 404 but got 201 Created"},
		{"expect(response).to.have.status(201)", ""},
		{"expect(1).to.have.status(201)", "expected 1 to be a response"},
	}
	var code strings.Builder
	code.WriteString("const expect = pm.expect, response = pm.response;\n")
	for i, c := range cases {
		fmt.Fprintf(&code, "pm.test('%d', () => { %s });\n", i, c.code)
	}
	var p script.Processes
	defer p.Close()
	out, err := run(t, &p, task(code.String()), newWorld())
	if err != nil || len(out.Report.Tests) != len(cases) {
		t.Fatalf("%v, %d of %d tests", err, len(out.Report.Tests), len(cases))
	}
	for i, got := range out.Report.Tests {
		c := cases[i]
		if got.Passed != (c.want == "") || !strings.Contains(got.Error, c.want) || got.Where.Line != 11+i {
			t.Errorf("%s: %v %s, want %q", c.code, got.Where, got.Error, c.want)
		}
	}
}

// TestTestsOfEveryKind: a test may be a function, wait for a promise, or call done; what does not end has failed.
func TestTestsOfEveryKind(t *testing.T) {
	var p script.Processes
	defer p.Close()
	out, err := run(t, &p, task(`pm.test('a', () => {}).test('b', () => { throw new Error('no') });
pm.test('c', async () => { await new Promise((r) => setTimeout(r, 5)); pm.expect(1).to.equal(2) });
pm.test('d', (done) => setTimeout(done, 5));
pm.test('e', (done) => {});
pm.test.skip('f', () => { throw 1 });
pm.test('g');
pm.test('h', () => Promise.resolve());`), newWorld())
	got := map[string]string{}
	for _, one := range out.Report.Tests {
		got[one.Name] = fmt.Sprint(one.Passed, one.Skipped, one.Where.Line, one.Error)
	}
	want := map[string]string{
		"a": "true false 10", "b": "false false 10Error: no", "c": "false false 11AssertionError: expected 1 to equal 2", "d": "true false 12",
		"e": "false false 13Error: it did not end", "f": "true true 14", "g": "false false 15TypeError: pm.test needs a function", "h": "true false 16",
	}
	if err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%v\n%v, want\n%v", err, got, want)
	}
}

func TestWhatHooksDecide(t *testing.T) {
	var p script.Processes
	defer p.Close()
	given := task("pm.execution.setNextRequest('b'); pm.execution.skipRequest('no user'); console.log('not reached')")
	given.Event = "before"
	out, err := run(t, &p, given, newWorld())
	if err != nil || out.Report.Skip != "no user" || out.Report.Next == nil || *out.Report.Next != "b" || len(out.Report.Console) != 0 {
		t.Errorf("%v %+v", err, out.Report)
	}
	out, err = run(t, &p, task("pm.execution.setNextRequest(null); pm.response.annotate('rows', 5); pm.response.annotate('rows', 6)"), newWorld())
	if err != nil || out.Report.Next == nil || *out.Report.Next != "" || fmt.Sprint(out.Report.Annotations) != "[{rows 6}]" {
		t.Errorf("%v %+v", err, out.Report)
	}
	given = task("console.log(pm.info.eventName, pm.retry.attempt, pm.retry.reason); pm.retry.wait = 5")
	given.Event, given.Retry = "retry", &script.Retry{Attempt: 1, Reason: "503", Wait: 1000}
	if out, err = run(t, &p, given, newWorld()); err != nil || out.Retry.Wait != 5 || !strings.HasSuffix(console(out.Report), "retry 1 503") {
		t.Errorf("%v %+v %s", err, out.Retry, console(out.Report))
	}
}

// TestSendRequest has a table of calls with what the callback or the promise gets.
func TestSendRequest(t *testing.T) {
	var p script.Processes
	defer p.Close()
	for code, want := range map[string]string{
		"pm.sendRequest('http://h', (e, r) => console.log(e, r.code, r.headers.get('x-method')))":                                                                                                                                     "null 200 GET",
		"pm.sendRequest({url: 'http://h', method: 'POST', header: {A: '1'}, body: {mode: 'raw', raw: '{}', options: {raw: {language: 'json'}}}}, (e, r) => console.log(r.text(), r.headers.get('A'), r.headers.get('Content-Type')))": "{} 1 application/json",
		"pm.sendRequest({url: 'http://h', method: 'POST', header: ['A: 2'], body: {mode: 'urlencoded', urlencoded: [{key: 'a', value: 'b c'}]}}).then((r) => console.log(r.text(), r.headers.get('A')))":                              "a=b+c 2",
		"const r = await pm.sendRequest({url: 'http://h', header: [{key: 'A', value: 'é'}]}); console.log(r.headers.get('A'))":                                                                                                        "é",
		"pm.sendRequest('http://gone', (e, r) => console.log(e.message, r))":                                                                                                                                                          "there is no such host undefined",
		"try { await pm.sendRequest('http://gone') } catch (e) { console.log('caught', e.message) }":                                                                                                                                  "caught there is no such host",
		"const all = await Promise.all([1, 2, 3].map((n) => pm.sendRequest({url: 'http://h', method: 'POST', body: String(n)}))); console.log(all.map((r) => r.json()))":                                                              "[ 1, 2, 3 ]",
		"try { pm.sendRequest({url: 'http://h', body: {mode: 'file', file: 'x'}}) } catch (e) { console.log(e.message) }":                                                                                                             "a body of mode file cannot be sent from a hook: use raw, urlencoded or graphql",
	} {
		out, err := run(t, &p, task(code), answering())
		if got := console(out.Report); err != nil || !strings.HasSuffix(got, " log "+want) {
			t.Errorf("%s: %v\n%s, want\n%s", code, err, got, want)
		}
	}
	if _, err := run(t, &p, task("pm.sendRequest('http://h', () => {\nthrow new Error('in callback') })"), answering()); err == nil || !strings.Contains(err.Error(), "a/r.toml:11: hooks.after: Error: in callback") {
		t.Errorf("an error in a callback is %v", err)
	}
}

func BenchmarkScripts(b *testing.B) {
	var p script.Processes
	defer p.Close()
	given := task("pm.test('ok', () => pm.expect(pm.response.code).to.equal(201))")
	for b.Loop() {
		if out, err := p.Run(b.Context(), given, newWorld()); err != nil || !out.Report.Tests[0].Passed {
			b.Fatal(err)
		}
	}
}
