package script

import (
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"hash"
	"strings"
	"time"

	"github.com/dop251/goja"
)

// hostName is the global that the parts of the environment find each other by while they are put together.
const hostName = "__parley"

// maxString bounds the texts that a script makes at once: two bytes a character at most.
const maxString = MemoryLimit / 2

var errMemory = errors.New(tooMuch())

// prepare makes the globals of the script.
func (k *work) prepare() error {
	seen := k.task
	seen.Code, seen.Request.Body.Text = "", ""
	if seen.Response != nil {
		response := *seen.Response
		response.Body.Text = ""
		seen.Response = &response
	}
	text, err := json.Marshal(seen)
	if err != nil {
		return err
	}
	task, err := k.parse(text)
	if err != nil {
		return err
	}
	parley := k.vm.NewObject()
	for name, value := range map[string]any{"task": task, "host": k.host()} {
		if err := parley.Set(name, value); err != nil {
			return err
		}
	}
	if err := k.vm.Set(hostName, parley); err != nil {
		return err
	}
	for _, part := range k.programs.list {
		if _, err := k.vm.RunProgram(part); err != nil {
			return err
		}
	}
	k.finish, _ = goja.AssertFunction(parley.Get("finish"))
	k.outcome, _ = goja.AssertFunction(parley.Get("outcome"))
	return k.vm.GlobalObject().Delete(hostName)
}

func (k *work) parse(text []byte) (goja.Value, error) {
	parse, _ := goja.AssertFunction(k.vm.Get("JSON").ToObject(k.vm).Get("parse"))
	return parse(goja.Undefined(), k.vm.ToValue(string(text)))
}

// result reads what the script leaves of its request.
func (k *work) result(into *done) error {
	v, err := k.outcome(goja.Undefined())
	if err != nil {
		return err
	}
	var left struct {
		Request Request
		Retry   *Retry
	}
	if err := json.Unmarshal([]byte(v.String()), &left); err != nil {
		return err
	}
	into.Request, into.Retry = left.Request, left.Retry
	return nil
}

// host is what the parts of the environment are made with.
func (k *work) host() map[string]any {
	return map[string]any{
		"most":         maxString,
		"tooMuch":      func() { k.vm.Interrupt(errMemory) },
		"requestBody":  func() string { return k.task.Request.Body.Text },
		"responseBody": func() string { return k.task.Response.Body.Text },
		"get":          k.get,
		"set":          func(scope, name, value string) { k.ask(call{Op: "set", Scope: scope, Name: name, Value: Value(value)}) },
		"unset":        func(scope, name string) { k.ask(call{Op: "unset", Scope: scope, Name: name}) },
		"names":        func(scope string) []string { return k.ask(call{Op: "names", Scope: scope}).Names },
		"send":         k.send,
		"here":         func() int { return k.here().Line },
		"line":         func(level, text string) { k.tell(word{Line: &Line{level, k.here(), shorten(text)}}) },
		"note":         func(name, value string) { k.tell(word{Note: &Annotation{shorten(name), shorten(value)}}) },
		"next":         func(name string) { name = shorten(name); k.tell(word{Next: &name}) },
		"skip":         func(reason string) { k.tell(word{Skip: &reason}); k.vm.Interrupt(errSkip) },
		"test":         k.test,
		"timer":        k.setTimer,
		"clear":        func(id int) { k.timers.remove(id) },
		"utf8":         func(text string) string { return hex.EncodeToString([]byte(text)) },
		"text":         func(digits string) string { return strings.ToValidUTF8(string(k.bytes(digits)), "\ufffd") },
		"base64":       func(digits string) string { return base64.StdEncoding.EncodeToString(k.bytes(digits)) },
		"unbase64":     k.unbase64,
		"digest": func(name, message string) string {
			h := k.hash(name)()
			h.Write(k.bytes(message))
			return hex.EncodeToString(h.Sum(nil))
		},
		"hmac": func(name, key, message string) string {
			h := hmac.New(k.hash(name), k.bytes(key))
			h.Write(k.bytes(message))
			return hex.EncodeToString(h.Sum(nil))
		},
	}
}

// throw throws an Error in the script.
func (k *work) throw(message string) {
	made, err := k.vm.New(k.vm.Get("Error"), k.vm.ToValue(message))
	if err != nil {
		panic(err)
	}
	panic(made)
}

// tell says something. The process that asks is gone when it cannot be told.
func (k *work) tell(said word) {
	if err := k.say(said); err != nil {
		k.throw(err.Error())
	}
}

// ask waits for the reply to a call; the time is not the script's.
func (k *work) ask(asked call) *reply {
	k.ids++
	asked.ID = k.ids
	k.clock.pause()
	k.timer.Stop()
	k.tell(word{Call: &asked})
	var got *reply
	var others []*reply
	for got == nil {
		o := <-k.orders
		switch {
		case o.Reply != nil && o.Reply.ID == asked.ID:
			got = o.Reply
		case o.Reply != nil:
			others = append(others, o.Reply)
		}
	}
	for _, other := range others {
		k.orders <- order{Reply: other}
	}
	k.clock.start()
	k.timer.Reset(max(TimeLimit-k.clock.elapsed(), 0))
	if got.Failed != "" {
		k.throw(got.Failed)
	}
	return got
}

func (k *work) get(scope, name string) goja.Value {
	r := k.ask(call{Op: "get", Scope: scope, Name: name})
	if !r.Found {
		return goja.Undefined()
	}
	v, err := k.parse(r.Value)
	if err != nil {
		k.throw(err.Error())
	}
	return v
}

// send has a request sent; settle is called with an error, or the response and its body.
func (k *work) send(text string, settle goja.Callable) {
	var r Request
	if err := json.Unmarshal([]byte(text), &r); err != nil {
		k.throw(err.Error())
	}
	k.ids++
	id := k.ids
	k.replies[id] = func(got *reply) error {
		if got.Failed != "" || got.Response == nil {
			_, err := settle(goja.Undefined(), k.vm.ToValue(got.Failed))
			return err
		}
		body := got.Response.Body.Text
		got.Response.Body.Text = ""
		head, err := json.Marshal(got.Response)
		if err != nil {
			return err
		}
		_, err = settle(goja.Undefined(), goja.Undefined(), k.vm.ToValue(string(head)), k.vm.ToValue(body))
		return err
	}
	k.tell(word{Call: &call{ID: id, Op: "send", Request: &r}})
}

// here is the line of the script that is running.
func (k *work) here() Place {
	for _, frame := range k.vm.CaptureCallStack(0, nil) {
		if frame.SrcName() == k.task.At.File {
			return Place{k.task.At.File, frame.Position().Line}
		}
	}
	return Place{File: k.task.At.File}
}

func (k *work) test(name, status string, failure goja.Value, line int) {
	t := &Test{Name: shorten(name), Where: Place{k.task.At.File, line}, Passed: status != "failed", Skipped: status == "skipped"}
	if !t.Passed {
		t.Error = shorten(k.text(failure))
		if at := k.placeOf(k.stack(failure)); at.File != "" {
			t.Where = at
		}
	}
	k.tell(word{Test: t})
}

func (k *work) setTimer(run goja.Callable, wait float64, repeat bool, args []goja.Value) int {
	after := time.Duration(min(max(wait, 0), 1e6) * float64(time.Millisecond))
	id := k.timers.add(after, repeat, run, args)
	if id == 0 {
		k.throw("too many timers wait")
	}
	return id
}

func (k *work) hash(name string) func() hash.Hash {
	switch name {
	case "MD5":
		return md5.New
	case "SHA1":
		return sha1.New
	case "SHA224":
		return sha256.New224
	case "SHA384":
		return sha512.New384
	case "SHA512":
		return sha512.New
	default:
		return sha256.New
	}
}

func (k *work) bytes(digits string) []byte {
	data, err := hex.DecodeString(digits)
	if err != nil {
		k.throw(err.Error())
	}
	return data
}

// unbase64 decodes with or without padding, as atob does.
func (k *work) unbase64(text string) string {
	data, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(text, "="))
	if err != nil {
		k.throw("this is no Base64")
	}
	return hex.EncodeToString(data)
}
