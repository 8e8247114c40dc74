package jp.kakunin.edge.doctor;

/// What can be broken, in the order in which each rests on those before it, with a code for the telephone that never
/// changes.
public enum Part {
    /// Disk and data folder.
    PC("X01"),
    /// The identity of the device, and whether the hub accepts it.
    ACCOUNT("X02"),
    /// The PC/SC service.
    SERVICE("X03"),
    READER("X04"),
    /// No network at all, or nothing gets through it.
    LINE("X05"),
    DNS("X06"),
    /// Certificates that do not match, or something that sits in the line.
    TLS("X07"),
    HUB("X08"),
    CLOCK("X09"),
    AUTHORITY("X10");

    private final String code;

    Part(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }
}
