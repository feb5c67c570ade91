package httpcore_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"

	"parley/httpcore"
	"parley/httpcore/auth"
	"parley/httpcore/body"
	"parley/httpcore/transport"
)

// A request goes through three stages: what is meant, what will leave, what happened.
func Example() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusCreated)
		fmt.Fprintf(w, "%s %s by %s", r.Method, r.URL, r.Header.Get("Authorization"))
	}))
	defer server.Close()

	session := httpcore.NewSession(httpcore.SessionOptions{
		Transport: transport.New(transport.Options{}),
		Schemes:   auth.Schemes(auth.Environment{}),
	})
	defer session.Close()

	prepared, err := session.Prepare(context.Background(), &httpcore.Request{
		Method:  "POST",
		URL:     server.URL + "/teams/:team/users",
		Path:    httpcore.Fields{{Name: "team", Value: "a/b"}},
		Params:  httpcore.Fields{{Name: "notify", Value: "yes"}},
		Auth:    httpcore.Auth{Type: "bearer", Values: httpcore.Fields{{Name: "token", Value: "t0ken"}}},
		Body:    body.JSON(`{"name": "Ada"}`),
		Options: httpcore.DefaultOptions(),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("will ask for", prepared.Target)

	exchange, err := session.Do(context.Background(), prepared, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer exchange.Close()
	response := exchange.Response()
	content := make([]byte, response.Body.Size())
	if _, err := response.Body.ReadAt(content, 0); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(response.Status, response.Reason)
	fmt.Println(string(content))
	// Output:
	// will ask for /teams/a%2Fb/users?notify=yes
	// 201 Created
	// POST /teams/a%2Fb/users?notify=yes by Bearer t0ken
}
