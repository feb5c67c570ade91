package template

// The word lists are short on purpose: invented data should look like data, not fill a dictionary.
var (
	firstNames = []string{
		"Ada", "Alan", "Amara", "Anders", "Barbara", "Bjarne", "Carlos", "Chen", "Dennis", "Donald", "Edsger", "Elif", "Emmy",
		"Fatima", "Frances", "Grace", "Guido", "Hedy", "Ines", "Ivan", "Jean", "Joan", "Katherine", "Ken", "Leslie", "Linus",
		"Margaret", "Mei", "Niklaus", "Noor", "Olga", "Priya", "Radia", "Robin", "Sofia", "Tim", "Yukihiro", "Zoe",
	}
	lastNames = []string{
		"Allen", "Bartik", "Berners", "Cerf", "Clarke", "Dijkstra", "Engelbart", "Fernandez", "Garcia", "Goldberg", "Hamilton",
		"Hopper", "Ivanov", "Johnson", "Kay", "Kernighan", "Khan", "Knuth", "Lamarr", "Lamport", "Liskov", "Lovelace", "Mueller",
		"Nakamura", "Noether", "Okafor", "Perlman", "Ritchie", "Rossum", "Sato", "Shannon", "Silva", "Thompson", "Torvalds",
		"Turing", "Wirth", "Yilmaz", "Zhang",
	}
	companyKinds = []string{"and Sons", "Group", "Inc", "Industries", "Labs", "Ltd", "Partners", "Works"}
	jobs         = []string{
		"Accountant", "Archivist", "Baker", "Carpenter", "Chemist", "Cook", "Designer", "Editor", "Electrician", "Engineer",
		"Gardener", "Librarian", "Mathematician", "Nurse", "Pilot", "Programmer", "Surveyor", "Teacher", "Translator", "Writer",
	}
	cities = []string{
		"Accra", "Amsterdam", "Ankara", "Bergen", "Bogota", "Cairo", "Chennai", "Cork", "Dakar", "Geneva", "Hanoi", "Helsinki",
		"Izmir", "Kyoto", "Lagos", "Lima", "Lisbon", "Lyon", "Montreal", "Nairobi", "Oslo", "Porto", "Riga", "Seoul", "Sydney",
		"Tallinn", "Turin", "Utrecht", "Vienna", "Zagreb",
	}
	countries = []struct{ code, name string }{
		{"AR", "Argentina"},
		{"AU", "Australia"},
		{"BR", "Brazil"},
		{"CA", "Canada"},
		{"CH", "Switzerland"},
		{"CL", "Chile"},
		{"DE", "Germany"},
		{"DK", "Denmark"},
		{"EG", "Egypt"},
		{"ES", "Spain"},
		{"FI", "Finland"},
		{"FR", "France"},
		{"GH", "Ghana"},
		{"ID", "Indonesia"},
		{"IN", "India"},
		{"IT", "Italy"},
		{"JP", "Japan"},
		{"KE", "Kenya"},
		{"KR", "South Korea"},
		{"MX", "Mexico"},
		{"NG", "Nigeria"},
		{"NL", "Netherlands"},
		{"NO", "Norway"},
		{"PE", "Peru"},
		{"PT", "Portugal"},
		{"SE", "Sweden"},
		{"SN", "Senegal"},
		{"TR", "Türkiye"},
		{"VN", "Vietnam"},
		{"ZA", "South Africa"},
	}
	currencies = []string{"AUD", "BRL", "CAD", "CHF", "CNY", "DKK", "EUR", "GBP", "INR", "JPY", "KRW", "MXN", "NOK", "SEK", "TRY", "USD", "ZAR"}
	adjectives = []string{"Compact", "Durable", "Elegant", "Folding", "Handmade", "Heavy", "Light", "Portable", "Quiet", "Recycled", "Sturdy", "Wooden"}
	products   = []string{"Backpack", "Bench", "Bicycle", "Chair", "Clock", "Desk", "Kettle", "Keyboard", "Lamp", "Mug", "Notebook", "Radio", "Shelf", "Table", "Umbrella"}
	words      = []string{
		"amber", "anchor", "autumn", "basket", "bridge", "candle", "canyon", "copper", "cotton", "desert", "ember", "falcon",
		"feather", "forest", "garden", "glacier", "harbor", "hazel", "island", "ivory", "jasmine", "kernel", "lantern", "linen",
		"marble", "meadow", "mirror", "nectar", "north", "ocean", "orchard", "pebble", "pepper", "quartz", "quiet", "raven",
		"river", "saffron", "shadow", "silver", "summit", "thunder", "timber", "tulip", "umbra", "valley", "velvet", "walnut",
		"willow", "winter", "yellow", "zephyr",
	}
	userAgents = []string{
		"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36",
		"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
	}
)
