// Package script runs the hooks of requests: JavaScript (ECMAScript 2023, by goja) with Postman's `pm` and `console`, and
// chai's `expect`.
package script
