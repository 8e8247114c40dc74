package jp.kakunin.edge.door;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where tablets find the desk on the clinic's network: one address or name of this PC, exactly as tablets type it.
public record LanAddress(String host, int port) {
    public static final int PORT_DEFAULT = 8711;

    private static final int HTTPS = 443;
    private static final int PORT_MAX = 65_535;
    private static final Pattern V4 = Pattern.compile("(\\d{1,3})(\\.\\d{1,3}){3}");
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");
    private static final Pattern FORM = Pattern.compile("([^:]+)(?::(\\d{1,5}))?");

    /// @throws IllegalArgumentException naming the option and what it may be
    public static LanAddress parse(String text) {
        Matcher parts = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!parts.matches() || !NAME.matcher(parts.group(1)).matches()) {
            throw wrong(text);
        }
        String host = parts.group(1);
        int port = parts.group(2) == null ? PORT_DEFAULT : Integer.parseInt(parts.group(2));
        if (port < 1 || port > PORT_MAX || host.matches("[0-9.]+") && !isUsable(host)) {
            throw wrong(text);
        }
        return new LanAddress(host, port);
    }

    /// One address of one PC: neither all of them (0.x) nor a group (224 and above).
    private static boolean isUsable(String host) {
        if (!V4.matcher(host).matches()) {
            return false;
        }
        String[] parts = host.split("\\.");
        for (String part : parts) {
            if (Integer.parseInt(part) > 255 || part.length() > 1 && part.startsWith("0")) {
                return false;
            }
        }
        int first = Integer.parseInt(parts[0]);
        return first > 0 && first < 224;
    }

    private static IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException(
                "--lan must be one IPv4 address or name of this PC, with :PORT if it is not " + PORT_DEFAULT
                        + " (such as 192.168.1.10:8711), was " + text);
    }

    public boolean isNumeric() {
        return V4.matcher(host).matches();
    }

    /// Whether a browser that asks for exactly this address sends that `Host`.
    public boolean isAskedFor(@Nullable String hostHeader) {
        return hostHeader != null
                && (hostHeader.equalsIgnoreCase(host + ":" + port)
                        || port == HTTPS && hostHeader.equalsIgnoreCase(host));
    }

    public String url() {
        return "https://" + host + (port == HTTPS ? "" : ":" + port) + "/";
    }
}
