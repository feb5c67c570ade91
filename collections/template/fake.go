package template

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
)

// fakePrefix is what the functions that invent data have in common: `fake.email()`.
const fakePrefix = "fake"

// fakes are the functions that invent data. Domains and numbers are of those kept free for examples (RFC 2606, RFC 5737,
// RFC 3849, 555-01xx), so that nothing invented reaches anybody.
var fakes = map[string]function{
	"fake.bool":         fake("true or false", func(r *rand.Rand) any { return r.IntN(2) == 1 }),
	"fake.city":         fake("a city", pick(cities)),
	"fake.color":        fake("a colour as #rrggbb", func(r *rand.Rand) any { return fmt.Sprintf("#%06x", r.IntN(1<<24)) }),
	"fake.company":      fake("a company", func(r *rand.Rand) any { return one(r, lastNames) + " " + one(r, companyKinds) }),
	"fake.country":      fake("a country", func(r *rand.Rand) any { return one(r, countries).name }),
	"fake.country_code": fake("a country's two letters (ISO 3166)", func(r *rand.Rand) any { return one(r, countries).code }),
	"fake.currency":     fake("a currency's three letters (ISO 4217)", pick(currencies)),
	"fake.date":         fake("a day of the last hundred years or so", fakeDate),
	"fake.domain":       fake("a domain name", func(r *rand.Rand) any { return fakeDomain(r) }),
	"fake.email":        fake("an e-mail address", func(r *rand.Rand) any { return fakeUser(r) + "@" + fakeDomain(r) }),
	"fake.first_name":   fake("a first name", pick(firstNames)),
	"fake.hex":          fake("32 hexadecimal digits", func(r *rand.Rand) any { return fmt.Sprintf("%016x%016x", r.Uint64(), r.Uint64()) }),
	"fake.ipv4":         fake("an IPv4 address", fakeIPv4),
	"fake.ipv6":         fake("an IPv6 address", fakeIPv6),
	"fake.job":          fake("a job", pick(jobs)),
	"fake.last_name":    fake("a last name", pick(lastNames)),
	"fake.latitude":     fake("degrees between -90 and 90", func(r *rand.Rand) any { return degrees(r, 90) }),
	"fake.longitude":    fake("degrees between -180 and 180", func(r *rand.Rand) any { return degrees(r, 180) }),
	"fake.mac":          fake("a locally administered MAC address", fakeMAC),
	"fake.name":         fake("a full name", func(r *rand.Rand) any { return one(r, firstNames) + " " + one(r, lastNames) }),
	"fake.number":       fake("a whole number from 0 to 1000", func(r *rand.Rand) any { return r.IntN(1001) }),
	"fake.paragraph":    fake("a few sentences", fakeParagraph),
	"fake.password":     fake("16 letters, digits and signs", fakePassword),
	"fake.phone":        fake("a phone number", func(r *rand.Rand) any { return fmt.Sprintf("+1-%d-555-01%02d", 201+r.IntN(700), r.IntN(100)) }),
	"fake.postcode":     fake("a five-digit postcode", func(r *rand.Rand) any { return fmt.Sprintf("%05d", r.IntN(100000)) }),
	"fake.price":        fake("a price with two decimals", func(r *rand.Rand) any { return Number(fmt.Sprintf("%d.%02d", 1+r.IntN(999), r.IntN(100))) }),
	"fake.product":      fake("a product", func(r *rand.Rand) any { return one(r, adjectives) + " " + one(r, products) }),
	"fake.sentence":     fake("a sentence", func(r *rand.Rand) any { return fakeSentence(r) }),
	"fake.street":       fake("a street and number", func(r *rand.Rand) any { return fmt.Sprintf("%d %s Street", 1+r.IntN(250), one(r, lastNames)) }),
	"fake.url":          fake("a URL", func(r *rand.Rand) any { return "https://" + fakeDomain(r) + "/" + one(r, words) }),
	"fake.user_agent":   fake("a browser's User-Agent", pick(userAgents)),
	"fake.username":     fake("a user name", func(r *rand.Rand) any { return fakeUser(r) }),
	"fake.word":         fake("a word", pick(words)),
}

func fake(help string, draw func(*rand.Rand) any) function {
	return function{help: help, call: func(e *evaluation, _ []any) (any, error) {
		if e.random == nil {
			return nil, noRandom()
		}
		return draw(e.random), nil
	}}
}

func pick(list []string) func(*rand.Rand) any {
	return func(r *rand.Rand) any { return one(r, list) }
}

func one[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

func fakeUser(r *rand.Rand) string {
	return strings.ToLower(one(r, firstNames)) + "." + strings.ToLower(one(r, lastNames)) + fmt.Sprint(r.IntN(100))
}

func fakeDomain(r *rand.Rand) string {
	return one(r, words) + "." + one(r, []string{"example.com", "example.net", "example.org", "test"})
}

// fakeDate is independent of the clock, so that a seed repeats it.
func fakeDate(r *rand.Rand) any {
	return time.Date(1930, 1, 1+r.IntN(95*365), 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
}

func fakeIPv4(r *rand.Rand) any {
	return fmt.Sprintf("%s.%d", one(r, []string{"192.0.2", "198.51.100", "203.0.113"}), 1+r.IntN(254))
}

func fakeIPv6(r *rand.Rand) any {
	return fmt.Sprintf("2001:db8::%x:%x", 1+r.IntN(0xffff), 1+r.IntN(0xffff))
}

func fakeMAC(r *rand.Rand) any {
	b := r.Uint64()
	return fmt.Sprintf("02:%02x:%02x:%02x:%02x:%02x", byte(b), byte(b>>8), byte(b>>16), byte(b>>24), byte(b>>32))
}

func degrees(r *rand.Rand, most int) Number {
	return Number(fmt.Sprintf("%.6f", (r.Float64()*2-1)*float64(most)))
}

func fakePassword(r *rand.Rand) any {
	const letters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789-_.+!"
	password := make([]byte, 16)
	for i := range password {
		password[i] = letters[r.IntN(len(letters))]
	}
	return string(password)
}

func fakeSentence(r *rand.Rand) string {
	list := make([]string, 5+r.IntN(6))
	for i := range list {
		list[i] = one(r, words)
	}
	sentence := strings.Join(list, " ") + "."
	return strings.ToUpper(sentence[:1]) + sentence[1:]
}

func fakeParagraph(r *rand.Rand) any {
	list := make([]string, 3+r.IntN(3))
	for i := range list {
		list[i] = fakeSentence(r)
	}
	return strings.Join(list, " ")
}
