// Package bench sends one request again and again and measures how long its answers take. It prints nothing and records
// nothing: it hands out snapshots while it runs, and a summary.
//
//	schedule ──arrival──▶ worker: resolve, prepare, send, check ──▶ recorder ──▶ Snapshot…, Summary
//
// # Honest figures
//
// In an open loop (Load.Rate) requests are due at fixed times, whatever becomes of those before them, as requests of people
// who do not know each other are. Latency is counted from the moment when a request was due, so that a server that stalls
// for a second is charged with everybody who had to wait meanwhile, and not with the one request that was under way
// (Gil Tene calls the mistake coordinated omission). The service time, counted from the moment of sending, stands beside
// it. At most Load.Jobs requests are in flight; those that have to wait for a place are late, and those that were still
// waiting when the time was over are missed: both are counted.
//
// In a closed loop each of Load.Jobs sends its next request when it has its answer, and both times are the same: it says
// how much a server can take, but not how long people wait.
//
// # Memory, and the end
//
// Latencies go into HDR histograms of a fixed size, three digits exact, up to an hour; nothing grows with the number of
// requests. When ctx ends, requests in flight end at once and are counted as unfinished, and Run returns what there is.
package bench
