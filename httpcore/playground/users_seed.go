package playground

import "time"

// seedUsers are the users of a new playground. Tests and the sample collection rely on them: github stays first.
func seedUsers() []user {
	born := func(year int, month time.Month, day int) time.Time {
		return time.Date(year, month, day, 12, 0, 0, 0, time.UTC)
	}
	some := func(s string) *string { return &s }
	fields := func(name, email, company, location, bio string) userFields {
		return userFields{
			Name: name, Email: some(email), Company: some(company), Blog: some("https://example.com/"),
			Location: some(location), Bio: some(bio),
		}
	}
	seeds := []user{
		{Login: "github", Type: "Organization", PublicRepos: 512, Followers: 61_042, CreatedAt: born(2008, time.May, 11), userFields: fields("GitHub", "support@example.com", "GitHub, Inc.", "San Francisco", "How people build software.")},
		{Login: "ada", PublicRepos: 3, Followers: 1_815, CreatedAt: born(2015, time.December, 10), userFields: fields("Ada Lovelace", "ada@example.com", "Analytical Engines", "London", "Notes on the Engine, note G in particular.")},
		{Login: "grace", PublicRepos: 7, Followers: 1_906, CreatedAt: born(2016, time.December, 9), userFields: fields("Grace Hopper", "grace@example.com", "Navy", "Arlington", "It is easier to ask forgiveness than permission.")},
		{Login: "alan", PublicRepos: 5, Followers: 1_912, CreatedAt: born(2017, time.June, 23), userFields: fields("Alan Turing", "alan@example.com", "Bletchley Park", "Wilmslow", "Can machines think?")},
		{Login: "katherine", PublicRepos: 2, Followers: 1_918, CreatedAt: born(2018, time.August, 26), userFields: fields("Katherine Johnson", "katherine@example.com", "NASA", "Hampton", "Girls are capable of doing everything men are.")},
		{Login: "dijkstra", PublicRepos: 1, Followers: 1_930, CreatedAt: born(2018, time.May, 11), userFields: fields("Edsger W. Dijkstra", "edsger@example.com", "TU Eindhoven", "Nuenen", "Simplicity is prerequisite for reliability.")},
		{Login: "barbara", PublicRepos: 9, Followers: 1_939, CreatedAt: born(2019, time.November, 7), userFields: fields("Barbara Liskov", "barbara@example.com", "MIT", "Cambridge, Massachusetts", "CLU, Argus, and a principle.")},
		{Login: "donald", PublicRepos: 8, Followers: 1_938, CreatedAt: born(2020, time.January, 10), userFields: fields("Donald Knuth", "don@example.com", "Stanford", "Stanford, California", "Premature optimization is the root of all evil.")},
		{Login: "radia", PublicRepos: 4, Followers: 1_951, CreatedAt: born(2020, time.December, 18), userFields: fields("Radia Perlman", "radia@example.com", "Dell", "Redmond", "I think that I shall never see a graph more lovely than a tree.")},
		{Login: "frances", PublicRepos: 6, Followers: 1_932, CreatedAt: born(2021, time.August, 4), userFields: fields("Frances Allen", "fran@example.com", "IBM", "Peru, New York", "Compilers that make programs better than they were written.")},
		{Login: "yukihiro", PublicRepos: 11, Followers: 1_965, CreatedAt: born(2021, time.April, 14), userFields: fields("まつもとゆきひろ", "matz@example.com", "NaCl", "松江市", "Ruby を作っている人。")},
		{Login: "zoe", PublicRepos: 0, Followers: 2, CreatedAt: born(2024, time.February, 29), userFields: fields("Zoë Ångström 🧪", "zoe@example.com", "Café Größe", "Malmö", "Tests what happens to accents and emoji.")},
	}
	for i := range seeds {
		seeds[i].ID = i + 1
		if seeds[i].Type == "" {
			seeds[i].Type = "User"
		}
		seeds[i].UpdatedAt = seeds[i].CreatedAt
	}
	return seeds
}
