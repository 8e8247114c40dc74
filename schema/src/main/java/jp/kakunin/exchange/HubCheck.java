package jp.kakunin.exchange;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import jp.kakunin.domain.Digest;

/// The hub's check value: by it a device that is being activated knows that it talks to the hub its set-up sheet means,
/// before it sends anything secret. The first 100 bits of the SHA-256 of the hub's CA certificate, in Crockford's
/// base 32, as five groups of four: short enough to be typed, long enough that nobody finds a second CA for it.
public record HubCheck(String text) {
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int CHARACTERS = 20;
    private static final int GROUP = 4;
    private static final int BITS = 5;

    public HubCheck {
        if (text.length() != CHARACTERS || text.chars().anyMatch(each -> ALPHABET.indexOf(each) < 0)) {
            throw new IllegalArgumentException("the hub's check value must be " + CHARACTERS + " letters and digits");
        }
    }

    /// @param certificate DER
    public static HubCheck of(byte[] certificate) {
        byte[] digest = Digest.of(certificate).bytes();
        var text = new StringBuilder();
        int held = 0;
        int bits = 0;
        for (int i = 0; text.length() < CHARACTERS; i++) {
            held = held << Byte.SIZE | (digest[i] & 0xff);
            bits += Byte.SIZE;
            while (bits >= BITS && text.length() < CHARACTERS) {
                bits -= BITS;
                text.append(ALPHABET.charAt(held >> bits & 31));
            }
        }
        return new HubCheck(text.toString());
    }

    /// As typed: in any case and width, with spaces or dashes or without, I and L for 1, O for 0.
    public static HubCheck parse(String typed) {
        String plain = Normalizer.normalize(typed, Normalizer.Form.NFKC)
                .toUpperCase(Locale.ROOT)
                .replaceAll("[\\s\\p{Pd}ー]", "")
                .replace('I', '1')
                .replace('L', '1')
                .replace('O', '0');
        return new HubCheck(plain);
    }

    /// In groups, for the sheet.
    @Override
    public String toString() {
        List<String> groups = new ArrayList<>();
        for (int i = 0; i < CHARACTERS; i += GROUP) {
            groups.add(text.substring(i, i + GROUP));
        }
        return String.join("-", groups);
    }
}
