package jp.kakunin.edge.doctor;

/// What is wrong with a part, with a code for the telephone that never changes. `texts.properties` says for each what
/// the staff do now, and what the IT supplier looks at.
public enum Fault {
    /// Disk full, or the data folder cannot be written.
    DISK("X01", Part.PC),
    IDENTITY("X02", Part.ACCOUNT),
    NO_SERVICE("X03", Part.SERVICE),
    NO_READER("X04", Part.READER),
    NO_WAY("X05", Part.LINE),
    NAME_NOT_FOUND("X06", Part.DNS),
    NO_SECURITY("X07", Part.TLS),
    NO_ANSWER("X08", Part.HUB),
    CLOCK_OFF("X09", Part.CLOCK),
    NO_ANSWERS("X10", Part.AUTHORITY),
    /// A captive portal: whoever runs the network wants somebody to sign in first.
    SIGN_IN_PAGE("X11", Part.LINE),
    PROXY("X12", Part.LINE),
    /// Somebody else holds the other end: a device that looks into traffic, or another server.
    OTHER_CERTIFICATE("X13", Part.TLS),
    /// The hub, or what stands before it, asks to come again later.
    OVERLOADED("X14", Part.HUB),
    CERTIFICATE_ENDED("X15", Part.ACCOUNT),
    DEVICE_UNKNOWN("X16", Part.ACCOUNT),
    DEVICE_STOPPED("X17", Part.ACCOUNT),
    /// The operating system does not let this program use the card service.
    NOT_ALLOWED("X18", Part.SERVICE);

    private final String code;
    private final Part part;

    Fault(String code, Part part) {
        this.code = code;
        this.part = part;
    }

    public String code() {
        return code;
    }

    Part part() {
        return part;
    }
}
