package cli

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"parley/collections"
	"parley/collections/disk"
	"parley/collections/importer"
	"parley/httpcore"
	"parley/httpcore/cookies"
)

// fromCurl reads a curl command, and says what of it is not kept. The headers that Parley would add and curl does not
// are left out, so that what leaves is what curl would send.
func (p *Program) fromCurl(command string) ([]*call, error) {
	items, err := importer.CurlWith(command, p.curlFile)
	if err != nil {
		return nil, err
	}
	calls := make([]*call, len(items))
	for i, item := range items {
		for _, note := range item.Notes {
			if note.Outcome == importer.Lost && !slices.Contains(item.Manners.CookieFiles, strings.TrimPrefix(note.What, "--cookie ")) {
				p.warn(fmt.Errorf("%s is left out: %s", note.What, note.Why))
			}
		}
		for _, name := range item.Manners.Without {
			item.Request.Headers = append(item.Request.Headers, collections.Entry{Name: name, Value: collections.Str(""), Off: true})
		}
		calls[i] = &call{request: item.Request, manners: &item.Manners}
	}
	return calls, nil
}

// curlFile reads a file that a curl command names.
func (p *Program) curlFile(name string) (string, error) {
	if name == "-" {
		text, err := io.ReadAll(p.Stdin)
		return string(text), err
	}
	text, err := disk.ReadFile(p.FS, p.abs(name))
	return string(text), err
}

// behaveAsCurl has a resolved request of a curl command sent as curl would send it. A session that was named counts for
// more than what curl does with cookies.
func (p *Program) behaveAsCurl(c *call, namedSession bool) error {
	request := c.out.Request
	request.Options.WithoutJar = !namedSession && !c.manners.TakesCookies
	if c.manners.NamesReferer {
		request.Hooks.Redirect = append(request.Hooks.Redirect, nameReferer)
	}
	if c.manners.Resumes {
		request.Hooks.After = append(request.Hooks.After, wantPart)
	}
	if c.manners.RefusesRedirects {
		request.Hooks.After = append(request.Hooks.After, refuseRedirect)
	}
	return p.takeCookies(c)
}

// refuseRedirect is --max-redirs 0, for which the first redirect is one too many.
func refuseRedirect(_ context.Context, _ *httpcore.Hop, r *httpcore.Response) error {
	if location, ok := r.Headers.Get("Location"); ok && r.Status/100 == 3 {
		return &httpcore.Error{
			Kind: httpcore.KindTooManyRedirects, Message: "Exceeded 0 redirects", Advice: "the first one led to " + location + "; raise --max-redirs",
		}
	}
	return nil
}

// hiddenByCurl reports what curl prints no content of: a failure with --fail, and the word that there is no rest.
func hiddenByCurl(m importer.Manners) func(*httpcore.Response) bool {
	return func(r *httpcore.Response) bool {
		return m.HidesFailure && r.Status >= 400 || m.Resumes && r.Status == 416
	}
}

// nameReferer tells where a redirect leads to where it came from.
func nameReferer(_ context.Context, from *httpcore.Hop, next *httpcore.Prepared) error {
	referer := *from.Prepared.URL
	referer.Fragment, referer.HasFragment = "", false
	next.SetHeader(httpcore.SourceRequest, "Referer", referer.String())
	return nil
}

// wantPart refuses the whole where the rest was asked for: what is there already would be there twice.
func wantPart(_ context.Context, _ *httpcore.Hop, r *httpcore.Response) error {
	if r.Status != 200 || r.Headers.Has("Content-Range") || r.Body.Size() == 0 {
		return nil
	}
	return &httpcore.Error{
		Kind: httpcore.KindProtocol, Message: "the server sent the whole, and not what follows the given offset",
		Advice: "it does not resume; send the command without --continue-at",
	}
}

// takeCookies puts the cookies of files into the session of a call. A file that cannot be read has none, as with curl.
func (p *Program) takeCookies(c *call) error {
	session, err := c.work.SessionFor(c.out)
	if err != nil {
		return err
	}
	var all []cookies.Cookie
	for _, name := range c.manners.CookieFiles {
		text, err := disk.ReadFile(p.FS, p.abs(name))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			p.warn(err)
			continue
		}
		if p.takeSetCookies(session.Jar(), text, c.out.Request.URL) {
			continue
		}
		list, problems, err := cookies.ReadNetscape(bytes.NewReader(text))
		if err != nil {
			return err
		}
		for _, problem := range problems {
			p.warn(fmt.Errorf("%s: %s", name, problem))
		}
		all = append(all, list...)
	}
	slices.Reverse(all)
	slices.SortStableFunc(all, inCurlsOrder)
	for _, cookie := range all {
		session.Jar().Put(cookie)
	}
	return nil
}

// takeSetCookies takes the Set-Cookie fields of a file that holds a response head, which curl reads as well, and reports
// whether it is one.
func (p *Program) takeSetCookies(jar *cookies.Jar, text []byte, url string) bool {
	var lines []string
	for line := range strings.Lines(string(text)) {
		if name, value, ok := strings.Cut(line, ":"); ok && strings.EqualFold(name, "Set-Cookie") {
			lines = append(lines, strings.TrimSpace(value))
		}
	}
	target, err := httpcore.ParseURL(url)
	if len(lines) == 0 || err != nil {
		return false
	}
	jar.Receive(cookies.Target{Host: target.Hostname(), Path: target.Path, Secure: target.Scheme == "https"}, lines)
	return true
}

// inCurlsOrder sorts cookies as curl sends them: longer paths, domains and names first, and later ones of those.
func inCurlsOrder(a, b cookies.Cookie) int {
	return cmp.Or(len(b.Path)-len(a.Path), len(b.Domain)-len(a.Domain), len(b.Name)-len(a.Name))
}
