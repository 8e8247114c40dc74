package jp.kakunin.hub.authority;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import jp.kakunin.domain.Coverage;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.Insured;
import jp.kakunin.domain.InsurerNumber;
import jp.kakunin.domain.Particulars;
import jp.kakunin.domain.Particulars.Relation;
import jp.kakunin.domain.Particulars.Sex;

/// The bytes of a registry entry in its store.
///
///     by card    | 's' | certificate serial: 20, big-endian | line: 4 |  ->  the entry
///     by number  | 'n' | digest of insurer, symbol, number, birth date: 20 | line: 4 |  ->  | serial: 20 |
///
/// The line of the file it came from keeps several coverages of one person, and several persons of one number, apart.
final class RegistryRow {
    static final int FORMAT = 2;
    static final int PREFIX_BYTES = 21;
    static final int SERIAL_BYTES = 20;

    private static final int LINE_BYTES = 4;
    private static final int FIXED_BYTES = 6 + 5 * Integer.BYTES;
    private static final int TEXTS = 10;
    private static final byte NOT_TOLD = -1;
    private static final int ALWAYS = Integer.MIN_VALUE;
    private static final int FOR_EVER = Integer.MAX_VALUE;

    private RegistryRow() {}

    static byte[] cardPrefix(BigInteger serial) {
        byte[] prefix = new byte[PREFIX_BYTES];
        prefix[0] = 's';
        System.arraycopy(serial(serial), 0, prefix, 1, SERIAL_BYTES);
        return prefix;
    }

    static byte[] numberPrefix(InsurerNumber insurer, String symbol, String number, LocalDate birthDate) {
        String text = String.join("\n", insurer.digits(), symbol, number, birthDate.toString());
        byte[] digest = Digest.of(text.getBytes(StandardCharsets.UTF_8)).bytes();
        byte[] prefix = new byte[PREFIX_BYTES];
        prefix[0] = 'n';
        System.arraycopy(digest, 0, prefix, 1, SERIAL_BYTES);
        return prefix;
    }

    static byte[] key(byte[] prefix, int line) {
        return ByteBuffer.allocate(PREFIX_BYTES + LINE_BYTES)
                .put(prefix)
                .putInt(line)
                .array();
    }

    static byte[] serial(BigInteger serial) {
        byte[] bytes = serial.toByteArray();
        int from = Math.max(0, bytes.length - SERIAL_BYTES);
        byte[] padded = new byte[SERIAL_BYTES];
        System.arraycopy(bytes, from, padded, SERIAL_BYTES - (bytes.length - from), bytes.length - from);
        return padded;
    }

    static byte[] value(RegistryEntry entry) {
        Coverage coverage = entry.coverage();
        Insured insured = entry.insured();
        Particulars particulars = entry.particulars();
        byte[][] texts = {
            utf8(insured.name()),
            utf8(insured.kana()),
            utf8(coverage.insurer().digits()),
            utf8(coverage.symbol()),
            utf8(coverage.number()),
            utf8(coverage.branch()),
            utf8(particulars.postNumber()),
            utf8(particulars.address()),
            utf8(particulars.insurerName()),
            utf8(particulars.insuredName())
        };
        int length = FIXED_BYTES
                + Arrays.stream(texts).mapToInt(text -> text.length + 1).sum();
        LocalDate until = coverage.until();
        Relation relation = particulars.relation();
        Sex sex = particulars.sex();
        Integer elderly = particulars.elderlyPercent();
        ByteBuffer buffer = ByteBuffer.allocate(length)
                .put((byte) entry.state().code())
                .put((byte) coverage.copayPercent())
                .put((byte) (relation == null ? ' ' : relation.code().charAt(0)))
                .put((byte) (sex == null ? ' ' : sex.code().charAt(0)))
                .put((byte) (particulars.preschool() ? 1 : 0))
                .put(elderly == null ? NOT_TOLD : elderly.byteValue())
                .putInt(day(insured.birthDate()))
                .putInt(day(coverage.from()))
                .putInt(until == null ? FOR_EVER : day(until))
                .putInt(day(entry.knownFrom()))
                .putInt(day(entry.knownUntil()));
        for (byte[] text : texts) {
            buffer.put((byte) text.length).put(text);
        }
        return buffer.array();
    }

    static RegistryEntry read(byte[] key, byte[] value) {
        BigInteger serial = new BigInteger(1, Arrays.copyOfRange(key, 1, PREFIX_BYTES));
        ByteBuffer buffer = ByteBuffer.wrap(value);
        RegistryEntry.State state = RegistryEntry.State.of((char) buffer.get());
        int copay = buffer.get();
        Relation relation = Relation.of(String.valueOf((char) buffer.get()));
        Sex sex = Sex.of(String.valueOf((char) buffer.get()));
        boolean preschool = buffer.get() == 1;
        int elderly = buffer.get();
        LocalDate birth = date(buffer.getInt());
        LocalDate from = date(buffer.getInt());
        int until = buffer.getInt();
        LocalDate knownFrom = date(buffer.getInt());
        LocalDate knownUntil = date(buffer.getInt());
        String[] texts = new String[TEXTS];
        for (int i = 0; i < TEXTS; i++) {
            byte[] text = new byte[Byte.toUnsignedInt(buffer.get())];
            buffer.get(text);
            texts[i] = new String(text, StandardCharsets.UTF_8);
        }
        Coverage coverage = new Coverage(
                new InsurerNumber(texts[2]),
                texts[3],
                texts[4],
                texts[5],
                copay,
                from,
                until == FOR_EVER ? null : date(until));
        Particulars particulars = new Particulars(
                texts[6], texts[7], texts[8], texts[9], relation, sex, preschool, elderly == NOT_TOLD ? null : elderly);
        return new RegistryEntry(
                serial, new Insured(texts[0], texts[1], birth), particulars, coverage, state, knownFrom, knownUntil);
    }

    /// At most [RegistryLine#ADDRESS_CHARS_MAX] characters of 3 bytes each, so the length fits into one byte.
    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static int day(LocalDate date) {
        if (date.equals(LocalDate.MIN)) {
            return ALWAYS;
        }
        return date.equals(LocalDate.MAX) ? FOR_EVER : Math.toIntExact(date.toEpochDay());
    }

    private static LocalDate date(int day) {
        return switch (day) {
            case ALWAYS -> LocalDate.MIN;
            case FOR_EVER -> LocalDate.MAX;
            default -> LocalDate.ofEpochDay(day);
        };
    }
}
