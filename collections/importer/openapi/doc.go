// Package openapi reads descriptions of APIs: OpenAPI 3 and Swagger 2, as JSON or YAML.
//
// It reads what a request can be made of and nothing else: servers, operations, their parameters in path and query, and what
// their bodies look like. It is a reader, no validator: what it does not know it passes over, and a description that breaks
// the rules elsewhere is as good as any. A [Document] does not refer to the text it was read from.
//
// References are followed within the file, a bounded number of steps, so that circles end; what lies in another file is
// passed over, for nothing is read here but the bytes that are handed in. How large, how deep and how many is bounded
// throughout. What stands in a description is foreign text: whoever makes a request of it has to see to it that no `{{` of
// it becomes code.
//
// Everything here is safe for concurrent use.
package openapi
