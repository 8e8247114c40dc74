package jp.kakunin.load.up;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A port as an option names it, refused at once where it is none; 0 is any free one.
public final class PortNumber implements ITypeConverter<Integer> {
    private static final int PORT_MAX = 65_535;

    @Override
    public Integer convert(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= PORT_MAX) {
                return port;
            }
        } catch (NumberFormatException _) {
            // Told below.
        }
        throw new TypeConversionException("a port must be 0 to " + PORT_MAX + ", was " + text);
    }
}
