package jp.kakunin.edge.receipt;

import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The two charsets receipt computers read.
public enum ReceiptCharset {
    UTF_8(StandardCharsets.UTF_8, "UTF-8", "0"),
    /// The JDK's Shift_JIS lacks 髙, 﨑 and ①; everybody writes `Shift_JIS` into the declaration all the same.
    WINDOWS_31J(Charset.forName("windows-31j"), "Shift_JIS", "1");

    private static final char BLACK_DOT = '●';

    /// The same signs, which other systems decode from the same bytes to other letters.
    private static final Map<Integer, Integer> TWINS = Map.of(
            0x301C, 0xFF5E, 0x2014, 0x2015, 0x2016, 0x2225, 0x2212, 0xFF0D, 0x00A2, 0xFFE0, 0x00A3, 0xFFE1, 0x00AC,
            0xFFE2);

    private final Charset charset;
    private final String declared;
    private final String code;

    ReceiptCharset(Charset charset, String declared, String code) {
        this.charset = charset;
        this.declared = declared;
        this.code = code;
    }

    /// `utf-8` or `windows-31j`; null for another.
    public static @Nullable ReceiptCharset named(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "utf-8" -> UTF_8;
            case "windows-31j" -> WINDOWS_31J;
            default -> null;
        };
    }

    String webName() {
        return this == UTF_8 ? "utf-8" : "windows-31j";
    }

    Charset charset() {
        return charset;
    }

    /// What stands in the XML declaration.
    String declared() {
        return declared;
    }

    /// OQSCD005.
    String code() {
        return code;
    }

    /// @param replaced how many letters became ●
    record Fitted(String text, int replaced) {}

    /// The text with ● for each letter that the charset, or XML, does not have.
    Fitted fit(String text) {
        CharsetEncoder encoder = charset.newEncoder();
        StringBuilder fitted = new StringBuilder();
        int replaced = 0;
        for (int letter : text.codePoints().toArray()) {
            int twin = this == WINDOWS_31J ? TWINS.getOrDefault(letter, letter) : letter;
            if (isXml(twin) && encoder.canEncode(Character.toString(twin))) {
                fitted.appendCodePoint(twin);
            } else {
                fitted.append(BLACK_DOT);
                replaced++;
            }
        }
        return new Fitted(fitted.toString(), replaced);
    }

    private static boolean isXml(int letter) {
        return letter == '\t' || letter >= ' ' && letter != 0xFFFE && letter != 0xFFFF;
    }
}
