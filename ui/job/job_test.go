package job

import (
	"context"
	"errors"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"go.uber.org/goleak"

	"parley/httpcore"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var id = ID{Tab: 3, Generation: 7}

// finish asks for news until the job is over.
func finish(t *testing.T, j *Job) Done {
	t.Helper()
	for {
		switch msg := j.Wait()().(type) {
		case Done:
			return msg
		case Progress:
			if msg.ID != id {
				t.Fatalf("news of %v", msg.ID)
			}
		}
	}
}

func TestAJobEndsWithWhatSendReturned(t *testing.T) {
	want := &httpcore.Exchange{}
	j := Start(context.Background(), id, time.Now, func(context.Context, *Job) (*httpcore.Exchange, error) {
		return want, nil
	})
	if done := finish(t, j); done.Exchange != want || done.Err != nil || done.ID != id {
		t.Errorf("got %+v", done)
	}
}

func TestAThousandEventsAreHeardOfAFewTimes(t *testing.T) {
	const events = 1000
	response := &httpcore.Response{Status: 200}
	sent := make(chan struct{})
	j := Start(context.Background(), id, time.Now, func(_ context.Context, sink *Job) (*httpcore.Exchange, error) {
		sink.Handle(httpcore.PhaseBegan{Phase: httpcore.PhaseReceive})
		sink.Handle(httpcore.HeadReceived{Response: response})
		for n := range int64(events) {
			sink.Handle(httpcore.Downloaded{Bytes: n + 1, Total: events})
		}
		close(sent)
		return &httpcore.Exchange{}, nil
	})
	<-sent
	messages := 0
	var msg tea.Msg
	for _, over := msg.(Done); !over; _, over = msg.(Done) {
		msg = j.Wait()()
		messages++
	}
	if messages > 3 {
		t.Errorf("%d messages for %d events", messages, events)
	}
	state := j.State()
	if state.Response != response || state.Received != events || state.ReceiveTotal != events || state.Phase != httpcore.PhaseReceive {
		t.Errorf("the state is %+v", state)
	}
}

func TestCancelEndsTheJob(t *testing.T) {
	j := Start(context.Background(), id, time.Now, func(ctx context.Context, _ *Job) (*httpcore.Exchange, error) {
		<-ctx.Done()
		return nil, ctx.Err()
	})
	j.Cancel()
	done := finish(t, j)
	if !errors.Is(done.Err, context.Canceled) || done.Exchange == nil {
		t.Errorf("got %+v", done)
	}
}

func TestAPanicIsTheJobsError(t *testing.T) {
	j := Start(context.Background(), id, time.Now, func(context.Context, *Job) (*httpcore.Exchange, error) {
		panic("oops")
	})
	done := finish(t, j)
	if told, ok := errors.AsType[*httpcore.Error](done.Err); !ok || told.Hint() == "" || done.Exchange.Err == nil {
		t.Errorf("got %+v", done)
	}
}

func TestTheRateIsCountedFromTheFirstByte(t *testing.T) {
	start := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	s := State{Started: start.Add(-time.Hour), Received: 500, Receiving: start}
	if got := s.Rate(start.Add(2 * time.Second)); got != 250 {
		t.Errorf("%v bytes a second", got)
	}
	if got := (State{Started: start}).Rate(start.Add(time.Second)); got != 0 {
		t.Errorf("%v bytes a second before the first", got)
	}
}
