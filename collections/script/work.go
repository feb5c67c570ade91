package script

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/dop251/goja"
)

// maxCalls is how deep the calls of a script may nest.
const maxCalls = 2000

// work is the running of one script.
type work struct {
	*server
	task    Task
	vm      *goja.Runtime
	clock   clock
	timer   *time.Timer
	timers  timers
	replies map[int]func(*reply) error // what waits for a response
	broken  map[*goja.Promise]bool
	finish  goja.Callable
	outcome goja.Callable
}

// errSkip ends a script that skips its request.
var errSkip = errors.New("the request is skipped")

var errTime = errors.New(tooLong())

// do runs a script in a runtime of its own.
func (s *server) do(t Task) (ended done) {
	k := &work{server: s, task: t, vm: goja.New(), replies: map[int]func(*reply) error{}, broken: map[*goja.Promise]bool{}}
	ended.Request, ended.Retry = t.Request, t.Retry
	defer func() {
		if r := recover(); r != nil {
			// goja lets what Go cannot make, such as a string of 10^15 characters, through as a panic.
			ended.Failed = &Failed{Why: WhyMemory, Message: tooMuch()}
		}
	}()
	k.vm.SetMaxCallStackSize(maxCalls)
	k.vm.SetPromiseRejectionTracker(k.track)
	k.clock.start()
	k.timer = time.AfterFunc(TimeLimit, func() { k.vm.Interrupt(errTime) })
	defer k.timer.Stop()
	err := k.all()
	if stopped, ok := errors.AsType[*goja.InterruptedError](err); ok && stopped.Value() == errSkip {
		k.vm.ClearInterrupt()
		err = nil
	}
	if err == nil {
		err = k.result(&ended)
	}
	if err == nil && heap() > s.limit { // before anybody has looked
		ended.Failed = &Failed{Why: WhyMemory, Message: tooMuch()}
		return ended
	}
	if err != nil {
		ended.Failed = k.failed(err)
	}
	return ended
}

// all runs the script and what it has begun.
func (k *work) all() error {
	if err := k.prepare(); err != nil {
		return err
	}
	program, err := compile(k.task)
	if err != nil {
		return err
	}
	if _, err := k.vm.RunProgram(program); err != nil {
		return err
	}
	if err := k.loop(); err != nil {
		return err
	}
	if _, err := k.finish(goja.Undefined()); err != nil {
		return err
	}
	return k.unhandled()
}

// compile parses a script. One that awaits at its top is the body of an asynchronous function. Lines count as in its file.
func compile(t Task) (*goja.Program, error) {
	above := strings.Repeat("\n", max(t.At.Line-1, 0))
	program, err := goja.Compile(t.At.File, above+t.Code, false)
	if err == nil || !strings.Contains(t.Code, "await") {
		return program, err
	}
	inner, innerErr := goja.Compile(t.At.File, above+"(async () => {"+t.Code+"\n})()", false)
	if innerErr != nil {
		return nil, err
	}
	return inner, nil
}

// track notes promises that are rejected and have nobody who minds.
func (k *work) track(p *goja.Promise, operation goja.PromiseRejectionOperation) {
	if operation == goja.PromiseRejectionReject {
		k.broken[p] = true
	} else {
		delete(k.broken, p)
	}
}

// thrown is a value that nobody caught.
type thrown struct{ value goja.Value }

func (t *thrown) Error() string { return t.value.String() }

func (k *work) unhandled() error {
	for p := range k.broken {
		return &thrown{p.Result()}
	}
	return nil
}

// loop waits for timers and responses until there are none.
func (k *work) loop() error {
	for {
		if err := k.unhandled(); err != nil {
			return err
		}
		wait, set := k.timers.next()
		if !set && len(k.replies) == 0 {
			return nil
		}
		left := TimeLimit - k.clock.elapsed()
		if left <= 0 {
			return errTime
		}
		after := time.NewTimer(min(wait, left))
		if !set {
			after.Reset(left)
		}
		var err error
		select {
		case o := <-k.orders:
			err = k.replied(o.Reply)
		case <-after.C:
			if set && wait <= left {
				err = k.timers.run()
			}
		}
		after.Stop()
		if err != nil {
			return err
		}
	}
}

func (k *work) replied(r *reply) error {
	if r == nil {
		return nil
	}
	if settle := k.replies[r.ID]; settle != nil {
		delete(k.replies, r.ID)
		return settle(r)
	}
	return nil
}

// failed tells what went wrong, and where.
func (k *work) failed(err error) *Failed {
	if interrupted, ok := errors.AsType[*goja.InterruptedError](err); ok {
		if interrupted.Value() == errMemory {
			return &Failed{WhyMemory, tooMuch(), k.placeOf(interrupted.String())}
		}
		return &Failed{WhyTime, tooLong(), k.placeOf(interrupted.String())}
	}
	if overflow, ok := errors.AsType[*goja.StackOverflowError](err); ok {
		return &Failed{WhyThrow, "RangeError: too many calls within calls", k.placeOf(overflow.String())}
	}
	if exception, ok := errors.AsType[*goja.Exception](err); ok {
		at := k.placeOf(k.stack(exception.Value()))
		if at.File == "" {
			at = k.placeOf(exception.String())
		}
		return &Failed{WhyThrow, shorten(k.text(exception.Value())), at}
	}
	if value, ok := errors.AsType[*thrown](err); ok {
		return &Failed{WhyThrow, shorten(k.text(value.value)), k.placeOf(k.stack(value.value))}
	}
	if syntax, ok := errors.AsType[*goja.CompilerSyntaxError](err); ok {
		return k.syntax(syntax.Error())
	}
	if errors.Is(err, errTime) {
		return &Failed{Why: WhyTime, Message: tooLong()}
	}
	return k.syntax(err.Error())
}

// syntax takes the place out of the message of a parser, "SyntaxError: FILE: Line 3:5 Unexpected token".
func (k *work) syntax(message string) *Failed {
	f := &Failed{Why: WhySyntax, Message: message}
	message = strings.TrimPrefix(message, "SyntaxError: ")
	message, _, _ = strings.Cut(message, " (and ")
	if rest, ok := strings.CutPrefix(message, k.task.At.File+": Line "); ok {
		place, what, _ := strings.Cut(rest, " ")
		line, _, _ := strings.Cut(place, ":")
		if n, err := strconv.Atoi(line); err == nil {
			f.At, f.Message = Place{k.task.At.File, n}, "SyntaxError: "+what
		}
	}
	return f
}

// text writes a thrown value as the console does.
func (k *work) text(v goja.Value) string {
	if v == nil {
		return "undefined"
	}
	if object, ok := v.(*goja.Object); ok {
		name, message := object.Get("name"), object.Get("message")
		if message != nil && name != nil {
			return fmt.Sprintf("%s: %s", name, message)
		}
	}
	return "threw " + v.String()
}

// stack is that of an error object; "" of anything else.
func (k *work) stack(v goja.Value) string {
	if object, ok := v.(*goja.Object); ok {
		if stack := object.Get("stack"); stack != nil {
			return stack.String()
		}
	}
	return ""
}

// placeOf finds in a stack the innermost line of the script's own.
func (k *work) placeOf(stack string) Place {
	// goja has no line for a statement without content, such as the body of `for (;;);`.
	atLeast := func(n int) Place { return Place{k.task.At.File, max(n, k.task.At.Line)} }
	for line := range strings.SplitSeq(stack, "\n") {
		at := strings.LastIndex(line, k.task.At.File+":")
		if at < 0 || k.task.At.File == "" {
			continue
		}
		number, _, _ := strings.Cut(line[at+len(k.task.At.File)+1:], ":")
		if n, err := strconv.Atoi(number); err == nil {
			return atLeast(n)
		}
	}
	return Place{}
}
