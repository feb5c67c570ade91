package cookies

import (
	"slices"
	"time"
)

// remembered is how long a cookie that has ended stays in the jar, without its value, so that Explain can say that it
// has.
const remembered = 24 * time.Hour

// retire takes the values of the cookies that have ended, and forgets those that ended long ago.
func (j *Jar) retire() {
	now := j.now()
	j.cookies = slices.DeleteFunc(j.cookies, func(c Cookie) bool { return c.expired(now) && now.Sub(c.Expires) > remembered })
	for i := range j.cookies {
		if c := &j.cookies[i]; c.expired(now) {
			c.Ended, c.Value = true, ""
		}
	}
}

// dropEnded forgets every cookie that has ended.
func (j *Jar) dropEnded() {
	now := j.now()
	j.cookies = slices.DeleteFunc(j.cookies, func(c Cookie) bool { return c.expired(now) })
}
