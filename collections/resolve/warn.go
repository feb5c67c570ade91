package resolve

import (
	"fmt"

	"parley/collections"
)

// shortSecret is the length in bytes below which masking cannot find every form of a secret.
const shortSecret = 6

func (r *resolver) warn(pos collections.Pos, message string) {
	r.out.Warnings = append(r.out.Warnings, Warning{Where: place(pos), Message: message})
}

func (r *resolver) warnUnused() {
}

func (r *resolver) warnShortSecrets() {
	for _, secret := range r.out.Request.Secrets {
		if len(secret.Reveal()) < shortSecret {
			r.warn(collections.Pos{}, fmt.Sprintf("secret %q is shorter than %d bytes: it cannot be masked in all its forms", secret.Name, shortSecret))
		}
	}
}

// SecretHosts returns the hosts that the collection allows for a secret: those of `[secrets.NAME] hosts`. It is made for
// env.NewSecrets.
func SecretHosts(c *collections.Collection) func(name string) []string {
	return func(name string) []string {
		var hosts []string
		for _, rule := range c.Settings.Secrets {
			for _, host := range rule.Hosts {
				if rule.Name == name {
					hosts = append(hosts, host.Text)
				}
			}
		}
		return hosts
	}
}
