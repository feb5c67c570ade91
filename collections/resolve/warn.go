package resolve

import (
	"fmt"

	"parley/collections"
	"parley/collections/tomldoc"
)

// shortSecret is the length in bytes below which masking cannot find every form of a secret.
const shortSecret = 6

func (r *resolver) warn(pos collections.Pos, message string) {
	r.out.Warnings = append(r.out.Warnings, Warning{Where: place(pos), Message: message})
}

func (r *resolver) warnUnused() {
	for _, part := range r.in.Request.Unused {
		if part.Key == secretsKey {
			continue // SecretHosts reads it
		}
		r.warn(part.Pos, fmt.Sprintf("`%s` is kept in the file and not used yet", part.Key))
	}
}

func (r *resolver) warnShortSecrets() {
	for _, secret := range r.out.Request.Secrets {
		if len(secret.Reveal()) < shortSecret {
			r.warn(collections.Pos{}, fmt.Sprintf("secret %q is shorter than %d bytes: it cannot be masked in all its forms", secret.Name, shortSecret))
		}
	}
}

const secretsKey = "secrets"

// SecretHosts returns the hosts that the collection allows for a secret: those of `[secrets.NAME] hosts`. It is made for
// env.NewSecrets.
func SecretHosts(c *collections.Collection) func(name string) []string {
	var secrets collections.Value
	for _, part := range c.Settings.Pending {
		if part.Key == secretsKey {
			secrets = part.Value
		}
	}
	return func(name string) []string {
		written := secrets.Get(name).Get("hosts")
		if !written.IsSet() {
			return nil
		}
		list := written.Items
		if written.Kind == tomldoc.String {
			list = []collections.Value{written}
		}
		if len(list) == 0 {
			// What is no list of hosts matches none, for no host at all would mean every host.
			return []string{""}
		}
		var hosts []string
		for _, host := range list {
			hosts = append(hosts, host.Text)
		}
		return hosts
	}
}
