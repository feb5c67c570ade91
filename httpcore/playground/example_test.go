package playground_test

import (
	"fmt"
	"io"
	"net/http"

	"parley/httpcore/playground"
)

func ExampleStart() {
	s, err := playground.Start(playground.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer s.Close()
	defer http.DefaultClient.CloseIdleConnections()

	res, err := http.Get(s.URL + "/flaky?fail=1")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer res.Body.Close()
	_, _ = io.Copy(io.Discard, res.Body)
	fmt.Println(res.Status)
	// Output: 503 Service Unavailable
}

func ExampleStartRecorder() {
	r, err := playground.StartRecorder("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer r.Close()

	req, err := http.NewRequest(http.MethodGet, r.URL+"/what?left=exactly", nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	req.Host = "example.com"
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		fmt.Println(err)
		return
	}
	res.Body.Close()
	fmt.Printf("%q\n", r.Requests()[0][:len("GET /what?left=exactly HTTP/1.1\r\nHost: example.com\r\n")])
	// Output: "GET /what?left=exactly HTTP/1.1\r\nHost: example.com\r\n"
}
