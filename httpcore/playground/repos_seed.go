package playground

import (
	"strings"
	"time"
)

// seedRepos returns a new slice each time, so that a caller may sort and cut it. The figures are made up, and stay.
func seedRepos() []repo {
	rows := []struct {
		name, language, description, topics string
		stars, forks, issues, age           int
	}{
		{"psf/requests", "Python", "A simple, yet elegant, HTTP library.", "http python client forhumans", 52_100, 9_300, 190, 2},
		{"encode/httpx", "Python", "A next generation HTTP client for Python.", "http python client asyncio", 13_200, 850, 120, 9},
		{"urllib3/urllib3", "Python", "HTTP with thread-safe connection pooling, file post, and more.", "http python client pooling", 3_800, 1_150, 70, 4},
		{"httpie/cli", "Python", "A modern, user-friendly command-line HTTP client for the API era.", "http cli terminal rest", 34_000, 3_700, 180, 30},
		{"darrenburns/posting", "Python", "The modern API client that lives in your terminal.", "http tui terminal", 8_900, 180, 90, 12},
		{"curl/curl", "C", "A command line tool and library for transferring data with URL syntax.", "http client libcurl transfer", 36_500, 6_500, 20, 1},
		{"charmbracelet/bubbletea", "Go", "A powerful little TUI framework.", "tui terminal elm-architecture", 29_000, 850, 110, 3},
		{"mccutchen/go-httpbin", "Go", "A reasonably complete Go port of httpbin.", "http testing httpbin", 720, 190, 15, 7},
		{"go-resty/resty", "Go", "Simple HTTP, REST and SSE client library for Go.", "http client rest sse", 10_300, 720, 40, 6},
		{"jesseduffield/lazygit", "Go", "A simple terminal UI for git commands.", "git tui terminal", 55_000, 1_950, 700, 2},
		{"grafana/k6", "Go", "A modern load testing tool, using Go and JavaScript.", "load-testing http performance", 26_500, 1_300, 700, 1},
		{"usebruno/bruno", "JavaScript", "An open source IDE for exploring and testing APIs.", "api client http", 29_500, 1_400, 1_300, 1},
		{"axios/axios", "JavaScript", "Promise based HTTP client for the browser and node.js.", "http client promise", 106_000, 11_000, 700, 5},
		{"hyperium/hyper", "Rust", "An HTTP library for Rust.", "http rust", 14_800, 1_650, 260, 8},
		{"seanmonstar/reqwest", "Rust", "An easy and powerful Rust HTTP client.", "http client rust", 10_300, 1_150, 380, 10},
		{"LucasPickering/slumber", "Rust", "Terminal HTTP/REST client.", "http tui terminal", 900, 40, 30, 6},
	}
	newest := time.Date(2026, time.January, 31, 9, 30, 0, 0, time.UTC)
	repos := make([]repo, len(rows))
	for i, row := range rows {
		owner, name, _ := strings.Cut(row.name, "/")
		repos[i] = repo{
			ID: 1000 + i, Name: name, FullName: row.name, Owner: repoOwner{Login: owner, Type: "Organization"},
			Description: row.description, Language: row.language, Stars: row.stars, Forks: row.forks, OpenIssues: row.issues,
			Topics: strings.Fields(row.topics), UpdatedAt: newest.AddDate(0, 0, -row.age),
		}
	}
	return repos
}
