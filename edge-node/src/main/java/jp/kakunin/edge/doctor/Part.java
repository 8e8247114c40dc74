package jp.kakunin.edge.doctor;

/// What can be broken, in the order in which each rests on those before it.
public enum Part {
    /// Disk and data folder.
    PC,
    /// The identity of the device, and whether the hub accepts it.
    ACCOUNT,
    /// The PC/SC service.
    SERVICE,
    READER,
    /// No network at all, or nothing gets through it.
    LINE,
    DNS,
    /// Certificates that do not match, or something that sits in the line.
    TLS,
    HUB,
    CLOCK,
    AUTHORITY
}
