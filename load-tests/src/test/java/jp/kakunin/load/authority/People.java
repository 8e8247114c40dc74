package jp.kakunin.load.authority;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jp.kakunin.codec.AttachmentCodec;
import jp.kakunin.codec.CardAttachment;
import jp.kakunin.codec.CardEvidence;
import jp.kakunin.codec.SealedBox;
import jp.kakunin.domain.CheckId;
import jp.kakunin.domain.IdSource;
import jp.kakunin.domain.Ids;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.hub.authority.Inquiry;
import jp.kakunin.load.card.CardIdentity;
import jp.kakunin.load.card.TestCardAuthority;
import org.jspecify.annotations.Nullable;

/// A registry of people that do not exist, their cards, and the key to which edges seal what they read.
final class People {
    static final Instant NOW = Instant.parse("2026-11-20T03:00:00Z");
    static final LocalDate TODAY = TreatmentMonth.dateAt(NOW);
    static final InstitutionCode CLINIC = new InstitutionCode("1380000016");
    static final KeyPair SEAL = keys();

    static final String HEADER =
            "certificate_serial,name,kana,birth_date,insurer_body,symbol,number,branch,copay_percent,from,until,state,"
                    + "known_from,known_until,"
                    + "post_number,address,insurer_name,insured_name,relation,sex,preschool,elderly_percent\n";

    /// Serial numbers in the registry below; no one has 99.
    static final int LONG = 1;

    static final int CHANGED = 2;
    static final int ENDED = 3;
    static final int TWICE = 4;
    static final int SUSPENDED = 5;
    static final int UNREGISTERED = 6;
    static final int LATE = 7;
    static final int ELDERLY = 8;
    static final int BETWEEN = 9;
    static final int RARE = 16;
    static final int NOBODY = 99;

    private static final String REGISTRY = """
            1,髙橋　花子,ﾀｶﾊｼ ﾊﾅｺ,1985-04-12,0113901,記号９,101,00,30,2019-04-01,,valid,,,100-0000,見本県髙見市一丁目,見本組合,髙橋　一郎,family,female,,20
            2,濵田　雪,ﾊﾏﾀﾞ ﾕｷ,1966-12-07,0113905,90050001,512,00,30,2012-10-01,2026-11-10,valid,,,,,,,,,,
            2,濵田　雪,ﾊﾏﾀﾞ ﾕｷ,1966-12-07,13906,,3310,01,20,2026-11-11,,valid,,,,,,,,,,
            3,見本　次郎,ﾐﾎﾝ ｼﾞﾛｳ,1990-01-25,0113904,90040001,77,00,30,2018-04-01,2026-08-31,valid,,,,,,,,,,
            4,見本　一月,ﾐﾎﾝ ｲﾂｷ,1995-07-19,0113908,90080001,8,00,30,2020-04-01,,valid,,,,,,,,,,
            4,見本　一月,ﾐﾎﾝ ｲﾂｷ,1995-07-19,0113909,90090001,9,00,30,2021-04-01,,valid,,,,,,,,,,
            5,見本　二月,ﾐﾎﾝ ﾆﾂｷ,1993-02-28,0113908,90080001,10,00,30,2020-04-01,,suspended,,,,,,,,,,
            6,見本　三月,ﾐﾎﾝ ﾐﾂｷ,1991-11-11,0113908,90080001,11,00,30,2020-04-01,,unregistered,,,,,,,,,,
            7,見本　四月,ﾐﾎﾝ ﾖﾂｷ,2001-06-05,0113908,90080001,12,00,30,2026-11-18,,valid,2026-11-23,,,,,,,,,
            8,見本　桜,ﾐﾎﾝ ｻｸﾗ,1944-03-30,3913907,,90712345,,10,2019-03-30,,valid,,,,,,,,,,
            9,見本　五月,ﾐﾎﾝ ｻﾂｷ,1970-01-01,0113901,90010001,13,00,30,2019-04-01,2026-11-01,valid,,,,,,,,,,
            9,見本　五月,ﾐﾎﾝ ｻﾂｷ,1970-01-01,0113901,90010001,14,00,30,2026-12-01,,valid,,,,,,,,,,
            10,𠮷田　光,ﾖｼﾀﾞ ﾋｶﾙ,1980-02-02,0113901,90010001,15,00,30,2019-04-01,,valid,,,,,,,,,,
            """;

    // Keys take long to make.
    private static final Map<Held, CardIdentity> CARDS = new ConcurrentHashMap<>();
    private static final TestCardAuthority ISSUER = TestCardAuthority.create(NOW, new SecureRandom());

    private final IdSource ids = new IdSource(() -> NOW, new SecureRandom());

    private record Held(int person, Instant begins) {}

    static Path registry(Path folder) throws IOException {
        return Files.writeString(folder.resolve("people.csv"), HEADER + REGISTRY);
    }

    CheckId check() {
        return ids.check();
    }

    Inquiry.ByCard asked(int person, LocalDate asOf) {
        return asked(person, asOf, asOf);
    }

    /// @param signedFor the day the card signed
    Inquiry.ByCard asked(int person, LocalDate asOf, LocalDate signedFor) {
        CheckId check = ids.check();
        CardIdentity card = card(person, NOW.minus(Duration.ofDays(365)));
        return new Inquiry.ByCard(check, CLINIC, asOf, sealed(check, der(card), signature(card, check, signedFor)));
    }

    /// With a visual check, so without a signature.
    Inquiry.ByCard shown(int person, byte[] certificate) {
        CheckId check = ids.check();
        return new Inquiry.ByCard(check, CLINIC, TODAY, sealed(check, certificate, null));
    }

    CardIdentity card(int person, Instant begins) {
        return CARDS.computeIfAbsent(
                new Held(person, begins),
                _ -> ISSUER.issue(
                        "KAKUNIN000000000TEST" + person,
                        BigInteger.valueOf(person),
                        begins,
                        begins.plus(Duration.ofDays(1_800))));
    }

    static byte[] der(CardIdentity card) {
        try {
            return card.certificate().getEncoded();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] signature(CardIdentity card, CheckId check, LocalDate day) {
        try {
            Signature signer = Signature.getInstance("SHA256withRSA");
            signer.initSign(card.key());
            signer.update(CardEvidence.signedContent(check, CLINIC, day));
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] sealed(CheckId check, byte[] certificate, byte @Nullable [] signature) {
        return SealedBox.seal(
                SEAL.getPublic(),
                AttachmentCodec.encode(new CardAttachment(check, certificate, signature)),
                Ids.bytes(check.value()));
    }

    private static KeyPair keys() {
        try {
            return KeyPairGenerator.getInstance("X25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
