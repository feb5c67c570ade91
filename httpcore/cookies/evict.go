package cookies

import "slices"

// evict keeps the jar within its bounds (RFC 6265bis section 5.7): what has ended goes first, then what was not used for
// the longest time, of a domain that has too many and then of all.
func (j *Jar) evict() {
	if len(j.cookies) <= maxPerDomain {
		return // no domain has more
	}
	perDomain := map[string]int{}
	for i := range j.cookies {
		perDomain[j.cookies[i].Domain]++
	}
	for domain, count := range perDomain {
		if count > maxPerDomain {
			j.dropEnded()
			j.dropOldest(maxPerDomain, func(c *Cookie) bool { return c.Domain == domain })
		}
	}
	if len(j.cookies) > maxCookies {
		j.dropEnded()
		j.dropOldest(maxCookies, func(*Cookie) bool { return true })
	}
}

// dropOldest removes of the cookies that are meant the least recently used, until keep are left. Mostly that is one.
func (j *Jar) dropOldest(keep int, meant func(*Cookie) bool) {
	excess := -keep
	for i := range j.cookies {
		if meant(&j.cookies[i]) {
			excess++
		}
	}
	for ; excess > 0; excess-- {
		oldest := -1
		for i := range j.cookies {
			if c := &j.cookies[i]; meant(c) && (oldest < 0 || c.Used.Before(j.cookies[oldest].Used)) {
				oldest = i
			}
		}
		j.cookies = slices.Delete(j.cookies, oldest, oldest+1)
	}
}
