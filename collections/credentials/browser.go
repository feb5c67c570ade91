package credentials

import (
	"context"
	"errors"
	"os/exec"
	"strings"
	"time"

	"parley/collections/home"
)

// openPatience is how long a program may take to say that it cannot show a page. Some stay for as long as the browser.
const openPatience = 2 * time.Second

// OpenBrowser returns a function that shows a page in the person's browser, with the program that the operating system
// (runtime.GOOS) has for that. Where there is no screen to show it on, that is an error.
func OpenBrowser(goos string, env home.Env) func(ctx context.Context, url string) error {
	return func(ctx context.Context, url string) error {
		words, err := opener(goos, env, url)
		if err != nil {
			return err
		}
		command := exec.Command(words[0], words[1:]...)
		if err := command.Start(); err != nil {
			return err
		}
		ended := make(chan error, 1)
		go func() { ended <- command.Wait() }()
		patience := time.NewTimer(openPatience)
		defer patience.Stop()
		select {
		case err := <-ended:
			return err
		case <-patience.C:
			return nil
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

// opener is the command that opens a URL. Only web pages are opened: a URL comes from a file that anybody may have
// written, and such programs open anything.
func opener(goos string, env home.Env, url string) ([]string, error) {
	if !strings.HasPrefix(url, "https://") && !strings.HasPrefix(url, "http://") {
		return nil, errors.New("it is no web page")
	}
	switch {
	case goos == "windows":
		return []string{"rundll32", "url.dll,FileProtocolHandler", url}, nil
	case env("SSH_CONNECTION") != "":
		return nil, errors.New("the screen is on another computer")
	case goos == "darwin":
		return []string{"open", url}, nil
	case env("BROWSER") != "" || env("DISPLAY") != "" || env("WAYLAND_DISPLAY") != "":
		return []string{"xdg-open", url}, nil
	default:
		return nil, errors.New("there is no screen")
	}
}
