// Package openapi holds what tests say to Discord, and what a fake Discord answers, against Discord's own OpenAPI
// description. The description is not part of the repository because of its size; where it is not beside it, nothing is
// checked. Only tests import this package.
//
// Traffic is gathered while the tests run and compared at their end, because preparing a schema takes longer than all else:
//
//	var traffic openapi.Traffic
//
//	func TestMain(m *testing.M) { os.Exit(traffic.Main(m)) }
package openapi
