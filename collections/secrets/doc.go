// Package secrets keeps the values behind `secret("name")`.
//
// A [Keeper] asks, in this order: the environment variable PARLEY_SECRET_NAME, the keyring of the operating system, and a
// file that age encrypts. The keyring and the file are each a [Store]; a secret that is set goes to the first that takes
// it. The file is protected by a passphrase that a person is asked for, by a key in the keyring, or, where neither is to
// be had, by nothing but its mode, which is said.
//
// Nothing is opened before the first secret is asked for: [NewKeeper] only notes where to look. What was read is
// remembered in memory for a little while; a passphrase is asked for once and remembered for as long as the Keeper lives.
// Neither is ever written. Several Parleys may share one folder: every change is made to the newest state of the file,
// under a lock. A Keeper may be used concurrently, and needs no closing.
package secrets
