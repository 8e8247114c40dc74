package jp.kakunin.edge.exchange;

import java.time.Duration;
import java.time.Instant;

/// A point in time, read twice: the clock on the wall, which may jump, and the time since the start, which never does.
/// Waits are measured in the latter.
public record Moment(Instant clock, Duration uptime) {}
