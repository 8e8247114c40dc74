package jp.kakunin.load.card;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/// The cards of the demonstration, with the serial numbers by which the demonstration registry knows their holders.
/// Every other name is a card as well, a valid one: its serial number follows from the name in the same way.
public enum DemoCard {
    HANAKO("4BEB4950984BCCC2", Duration.ofDays(1_400)),
    TARO("4B8FF52C91ED7D50", Duration.ofDays(1_400)),
    JIRO("4BE391EC9937D1FE", Duration.ofDays(1_400)),
    YUKI("4BEC6B64F31AF43E", Duration.ofDays(1_400)),
    SAKURA("4BD41DC6385E804F", Duration.ofDays(1_400)),
    /// Its certificate ends within three months.
    EXPIRING("4B1817073D95F45E", Duration.ofDays(60)),
    /// Its certificate has ended, and the three months of grace run.
    EXPIRED("4BFA64EA1E82E120", Duration.ofDays(-40)),
    /// Its certificate ended before the three months of grace.
    LAPSED("4B96B14E09C5B2C8", Duration.ofDays(-200)),
    /// No try of the PIN is left.
    BLOCKED("4B6973DDDD3EF9CB", Duration.ofDays(1_400)),
    /// One try of the PIN is left.
    LASTTRY("4B6A46F87E409CEF", Duration.ofDays(1_400)),
    /// Not a My Number card.
    FOREIGN("4B656771905E1EF7", Duration.ofDays(1_400));

    /// Of all cards of the demonstration.
    public static final String PIN = "1234";

    /// How far the validity of a stored certificate may drift from its purpose before it is issued anew.
    private static final Duration DRIFT_MAX = Duration.ofDays(20);

    private final String serialHex;
    private final Duration endsIn;

    DemoCard(String serialHex, Duration endsIn) {
        this.serialHex = serialHex;
        this.endsIn = endsIn;
    }

    public String cardName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String serialHex() {
        return serialHex;
    }

    static Optional<DemoCard> named(String name) {
        return Arrays.stream(values()).filter(c -> c.cardName().equals(name)).findFirst();
    }

    /// The serial number of the card of any name: `4B` and seven bytes of the name's SHA-256.
    public static BigInteger serialOf(String name) {
        return new BigInteger("4B" + digestHex(name).substring(0, 14), 16);
    }

    /// What stands in the certificate instead of a name.
    static String holderOf(String name) {
        return digestHex(name).substring(14, 36).toUpperCase(Locale.ROOT);
    }

    Instant endsAt(Instant now) {
        return now.plus(endsIn);
    }

    /// Whether a certificate made earlier no longer shows what this card is there to show.
    boolean outOfDate(Instant notAfter, Instant now) {
        Duration left = Duration.between(now, notAfter);
        return switch (this) {
            case EXPIRING, EXPIRED, LAPSED -> left.minus(endsIn).abs().compareTo(DRIFT_MAX) > 0;
            case HANAKO, TARO, JIRO, YUKI, SAKURA, BLOCKED, LASTTRY, FOREIGN ->
                left.compareTo(Duration.ofDays(120)) < 0;
        };
    }

    int triesLeft() {
        return switch (this) {
            case BLOCKED -> 0;
            case LASTTRY -> 1;
            case HANAKO, TARO, JIRO, YUKI, SAKURA, EXPIRING, EXPIRED, LAPSED, FOREIGN -> VirtualCard.TRIES_MAX;
        };
    }

    private static String digestHex(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
