package httpcore

// Proxies says through which proxy a URL is reached. The zero value goes straight to every host.
type Proxies struct {
	// By maps what requests' proxies dictionary does to the URL of a proxy: "scheme://host", "scheme", "all://host" or
	// "all", asked in that order (requests.utils.select_proxy). An empty URL means none.
	By map[string]string
	// Except is a NO_PROXY list (requests.utils.should_bypass_proxies): names with all below them, host:port, IP
	// addresses, CIDR blocks, "*".
	Except []string
	// Origin says where these rules come from, for people: "options.proxy", "the environment".
	Origin string
}
