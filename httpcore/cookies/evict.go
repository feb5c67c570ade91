package cookies

import "slices"

// evict keeps the jar within its bounds (RFC 6265bis section 5.7): what has ended goes first, then what was not used for
// the longest time, of a domain that has too many and then of all.
func (j *Jar) evict() {
	perDomain := map[string]int{}
	for _, c := range j.cookies {
		perDomain[c.Domain]++
	}
	for domain, count := range perDomain {
		if count > maxPerDomain {
			j.dropEnded()
			j.dropOldest(maxPerDomain, func(c Cookie) bool { return c.Domain == domain })
		}
	}
	if len(j.cookies) > maxCookies {
		j.dropEnded()
		j.dropOldest(maxCookies, func(Cookie) bool { return true })
	}
}

// dropOldest removes of the cookies that are meant the least recently used, until keep are left.
func (j *Jar) dropOldest(keep int, meant func(Cookie) bool) {
	var used []Cookie
	for _, c := range j.cookies {
		if meant(c) {
			used = append(used, c)
		}
	}
	excess := len(used) - keep
	if excess <= 0 {
		return
	}
	slices.SortStableFunc(used, func(a, b Cookie) int { return a.Used.Compare(b.Used) })
	for _, c := range used[:excess] {
		at := j.find(c)
		j.cookies = slices.Delete(j.cookies, at, at+1)
	}
}
