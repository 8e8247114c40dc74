package jp.kakunin.load.hotpath;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import java.util.stream.IntStream;
import jp.kakunin.codec.Decoded;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.domain.CheckId;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.Envelope;
import jp.kakunin.domain.Evidence;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.FactId;
import jp.kakunin.domain.Ids;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.VisitId;

/// A check as the product's codec writes it, with known places for what makes each one distinct. Making a fact is then
/// a copy and some sixteen-byte writes instead of an encoding.
final class FactMould {
    static final int NAME_CHARACTERS = 60;
    /// Of characters that take three bytes each.
    static final int NAME_BYTES = 3 * NAME_CHARACTERS;

    /// Unmistakable values, written by the codec and then looked for in its bytes.
    private static final Filling MARKS = new Filling(
            new UUID(0x0123_4567_89AB_7CDEL, 0x8F1E_2D3C_4B5A_6978L),
            new UUID(0x1234_5678_9ABC_7DEFL, 0x9E2D_3C4B_5A69_7887L),
            new UUID(0x2345_6789_ABCD_7EF0L, 0xAD3C_4B5A_6978_8796L),
            new UUID(0x3456_789A_BCDE_4F01L, 0xBC4B_5A69_7887_96A5L),
            ascii("9876543210"),
            utf8("印".repeat(NAME_CHARACTERS)),
            HexFormat.of().parseHex("c3".repeat(Digest.BYTES)));

    private static final Filling OTHERS = new Filling(
            new UUID(0x4567_89AB_CDEF_7012L, 0x8B5A_6978_8796_A5B4L),
            new UUID(0x5678_9ABC_DEF0_7123L, 0x9A69_7887_96A5_B4C3L),
            new UUID(0x6789_ABCD_EF01_7234L, 0xA978_8796_A5B4_C3D2L),
            new UUID(0x789A_BCDE_F012_4345L, 0xB887_96A5_B4C3_D2E1L),
            ascii("0123456789"),
            utf8("字".repeat(NAME_CHARACTERS)),
            HexFormat.of().parseHex("3c".repeat(Digest.BYTES)));

    private final byte[] template;
    private final int fact;
    private final int visit;
    private final int patient;
    private final int clinic;
    private final int name;
    private final int[] checks;
    private final int[] digests;

    /// What makes a fact this one.
    ///
    /// @param name UTF-8, of [#NAME_BYTES]
    /// @param attachment its digest; of no use for a check without a card
    record Filling(UUID fact, UUID check, UUID visit, UUID patient, byte[] clinic, byte[] name, byte[] attachment) {}

    /// @throws IllegalArgumentException if what comes out of the mould is not what the codec would have written
    FactMould(Fact.CheckRecorded like) {
        template = FactCodec.encode(filled(like, MARKS));
        fact = only(MARKS.fact);
        visit = only(MARKS.visit);
        patient = only(MARKS.patient);
        clinic = only(MARKS.clinic);
        name = only(MARKS.name);
        checks = all(Ids.bytes(MARKS.check));
        digests = all(MARKS.attachment);
        byte[] cast = new byte[bytes()];
        cast(OTHERS, cast, 0);
        if (!FactCodec.decode(cast).equals(new Decoded.Known(filled(like, OTHERS)))) {
            throw new IllegalArgumentException("a fact of this shape cannot be cast: the codec reads another one");
        }
    }

    int bytes() {
        return template.length;
    }

    boolean hasAttachment() {
        return digests.length > 0;
    }

    /// Writes one fact.
    void cast(Filling filling, byte[] into, int at) {
        System.arraycopy(template, 0, into, at, template.length);
        Bytes.put(filling.fact, into, at + fact);
        Bytes.put(filling.visit, into, at + visit);
        Bytes.put(filling.patient, into, at + patient);
        System.arraycopy(filling.clinic, 0, into, at + clinic, filling.clinic.length);
        System.arraycopy(filling.name, 0, into, at + name, filling.name.length);
        for (int check : checks) {
            Bytes.put(filling.check, into, at + check);
        }
        for (int digest : digests) {
            System.arraycopy(filling.attachment, 0, into, at + digest, Digest.BYTES);
        }
    }

    private static Fact.CheckRecorded filled(Fact.CheckRecorded like, Filling filling) {
        Envelope of = like.envelope();
        CheckId check = new CheckId(filling.check);
        Evidence evidence = switch (like.evidence()) {
            case Evidence.Card card -> new Evidence.Card(card.verification(), new Digest(filling.attachment));
            case Evidence.Oral(Evidence.Basis.Shown shown, Evidence.Reason reason) ->
                new Evidence.Oral(new Evidence.Basis.Shown(check, shown.asOf(), shown.coverage()), reason);
            case Evidence.Oral oral -> oral;
            case Evidence.Document document -> document;
            case Evidence.None none -> none;
        };
        return new Fact.CheckRecorded(
                new Envelope(
                        new FactId(filling.fact),
                        new InstitutionCode(new String(filling.clinic, StandardCharsets.US_ASCII)),
                        new PatientId(filling.patient),
                        of.month(),
                        of.capturedAt(),
                        of.clockDoubtful()),
                new VisitId(filling.visit),
                check,
                like.kind(),
                like.treatmentDate(),
                evidence,
                new String(filling.name, StandardCharsets.UTF_8),
                like.despite(),
                like.copayCharged(),
                like.replaces());
    }

    private int only(UUID mark) {
        return only(Ids.bytes(mark));
    }

    private int only(byte[] mark) {
        int[] places = all(mark);
        if (places.length != 1) {
            throw new IllegalArgumentException("a fact of this shape cannot be cast: a field of " + mark.length
                    + " bytes stands in it " + places.length + " times");
        }
        return places[0];
    }

    private int[] all(byte[] mark) {
        return IntStream.rangeClosed(0, template.length - mark.length)
                .filter(at -> Arrays.equals(template, at, at + mark.length, mark, 0, mark.length))
                .toArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
