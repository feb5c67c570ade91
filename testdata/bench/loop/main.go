// Command loop sends GET requests with a bare net/http client, so many at a time: what a Go program could do at best.
//
//	loop URL REQUESTS JOBS
package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"sync"
	"sync/atomic"
)

func main() {
	if err := run(os.Args[1], os.Args[2], os.Args[3]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(url, requests, jobs string) error {
	left, err := strconv.ParseInt(requests, 10, 64)
	if err != nil {
		return err
	}
	side, err := strconv.Atoi(jobs)
	if err != nil {
		return err
	}
	client := &http.Client{Transport: &http.Transport{DisableCompression: true, MaxIdleConnsPerHost: side}}
	var (
		todo   atomic.Int64
		work   sync.WaitGroup
		failed = make(chan error, side)
	)
	todo.Store(left)
	for range side {
		work.Go(func() {
			for todo.Add(-1) >= 0 {
				if err := get(client, url); err != nil {
					failed <- err
					return
				}
			}
		})
	}
	work.Wait()
	close(failed)
	return <-failed
}

// get sends the header fields that Parley sends, too.
func get(client *http.Client, url string) error {
	request, err := http.NewRequest(http.MethodGet, url, http.NoBody)
	if err != nil {
		return err
	}
	request.Header = http.Header{"User-Agent": {"parley"}, "Accept": {"*/*"}, "Accept-Encoding": {"gzip, deflate, br, zstd"}}
	reply, err := client.Do(request)
	if err != nil {
		return err
	}
	defer reply.Body.Close()
	_, err = io.Copy(io.Discard, reply.Body)
	return err
}
