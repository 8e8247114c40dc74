package jp.kakunin.hub.activation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import javax.security.auth.x500.X500Principal;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.domain.IdSource;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.hub.activation.AccountOffice.Issued;
import jp.kakunin.hub.activation.Activation.Outcome;
import jp.kakunin.hub.disk.HubFolder;
import jp.kakunin.hub.disk.Tree;
import jp.kakunin.hub.fleet.Clinic;
import jp.kakunin.hub.fleet.DeviceRegister;
import jp.kakunin.hub.fleet.EnrolledDevice;
import jp.kakunin.hub.pki.CertificateAuthority;
import jp.kakunin.hub.pki.DeviceCertificate;
import jp.kakunin.hub.pki.HubKeys;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ActivationTest {
    private static final Instant START = Instant.parse("2026-11-22T01:00:00Z");
    private static final InstitutionCode SAKURA = new InstitutionCode("1380000016");
    private static final InstitutionCode MOMIJI = new InstitutionCode("1390000029");
    private static final String HERE = "192.0.2.1";
    private static final String TERMS = Terms.shipped().version();

    @TempDir
    Path data;

    private Instant now = START;
    private final InstantSource clock = () -> now;
    private final SecureRandom random = new SecureRandom();
    private HubFolder folder = new HubFolder(Path.of("."));
    private AccountOffice office = new AccountOffice(folder, clock, random);
    private Activation activation;
    private Issued sheet;

    @BeforeEach
    void open() throws Exception {
        folder = new HubFolder(data);
        office = new AccountOffice(folder, clock, random);
        activation = hub();
        sheet = office.create(new Clinic(SAKURA, "さくら接骨院", LocalDate.of(2026, 11, 22)), null);
    }

    private Activation hub() throws Exception {
        return new Activation(
                folder,
                CertificateAuthority.openOrMake(folder.ca(), random),
                HubKeys.openOrMake(folder.keys(), random),
                "https://localhost:1",
                clock,
                new IdSource(clock, new Random(7)),
                random);
    }

    private static SigningRequest newKey() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return signing(generator.generateKeyPair());
    }

    private static SigningRequest signing(KeyPair keys) throws Exception {
        byte[] request = new JcaPKCS10CertificationRequestBuilder(new X500Principal("CN=me"), keys.getPublic())
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))
                .getEncoded();
        return SigningRequest.parse(Base64.getEncoder().encodeToString(request));
    }

    private static ActivationRequest by(Issued issued, SigningRequest key) {
        return new ActivationRequest(issued.clinic().code(), issued.id(), password(issued), issued.code(), TERMS, key);
    }

    private Outcome<Activated> activate(Issued issued, SigningRequest key) throws Exception {
        return activation.activate(by(issued, key), HERE);
    }

    private static String password(Issued issued) {
        return Objects.requireNonNull(issued.password());
    }

    private static <T> T made(Outcome<T> outcome) {
        assertThat(outcome.refused()).isNull();
        return Objects.requireNonNull(outcome.done());
    }

    private EnrolledDevice device(DeviceId device) throws Exception {
        return Objects.requireNonNull(devices().get(device));
    }

    private @Nullable Refused wrong(String source) throws Exception {
        var code = new ActivationCode(sheet.code().digits().equals("000000000000") ? "000000000001" : "000000000000");
        var request = new ActivationRequest(SAKURA, sheet.id(), password(sheet), code, TERMS, newKey());
        return activation.activate(request, source).refused();
    }

    private Map<DeviceId, EnrolledDevice> devices() throws Exception {
        return new DeviceRegister(folder.devices()).read();
    }

    @Test
    void all_four_right_make_one_device_with_a_certificate_for_its_own_key() throws Exception {
        SigningRequest key = newKey();

        Activated made = made(activate(sheet, key));

        X509Certificate certificate = DeviceCertificate.parse(made.certificate());
        assertThat(certificate.getPublicKey()).isEqualTo(key.key());
        assertThat(DeviceCertificate.device(certificate)).isEqualTo(made.device());
        assertThat(certificate.getNotAfter().toInstant()).isEqualTo(START.plus(DeviceCertificate.LIFE));
        assertThat(made.clinics()).extracting(Activated.ActivatedClinic::name).containsExactly("さくら接骨院");
        assertThat(devices()).hasSize(1);
        EnrolledDevice device = device(made.device());
        assertThat(device.state()).isEqualTo(EnrolledDevice.State.ACTIVE);
        assertThat(device.clinics()).containsExactly(SAKURA);
        assertThat(device.certificates()).containsExactly(DeviceCertificate.fingerprint(certificate));
    }

    @Test
    void a_code_is_good_once_also_over_a_restart_and_the_same_device_may_repeat_for_a_while() throws Exception {
        SigningRequest key = newKey();
        Activated made = made(activate(sheet, key));
        activation = hub();

        now = START.plus(Activation.REPEAT);
        assertThat(activate(sheet, newKey()).refused()).isEqualTo(Refused.CODE_SPENT);
        assertThat(made(activate(sheet, key))).isEqualTo(made);
        now = now.plusSeconds(1);
        assertThat(activate(sheet, key).refused()).isEqualTo(Refused.CODE_SPENT);
        assertThat(devices()).hasSize(1);
    }

    @Test
    void of_many_that_come_at_once_with_one_code_one_wins() throws Exception {
        List<Activation> hubs = List.of(activation, hub());
        List<CompletableFuture<Outcome<Activated>>> all = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            ActivationRequest request = by(sheet, newKey());
            Activation hub = hubs.get(i % hubs.size());
            all.add(CompletableFuture.supplyAsync(() -> {
                try {
                    return hub.activate(request, HERE);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }));
        }
        List<Outcome<Activated>> outcomes =
                all.stream().map(CompletableFuture::join).toList();

        assertThat(outcomes).filteredOn(each -> each.done() != null).hasSize(1);
        assertThat(outcomes)
                .filteredOn(each -> each.refused() == Refused.CODE_SPENT)
                .hasSize(5);
        assertThat(devices()).hasSize(1);
    }

    @Test
    void whatever_is_wrong_the_answer_is_the_same() throws Exception {
        SigningRequest key = newKey();
        for (ActivationRequest request : List.of(
                new ActivationRequest(SAKURA, "W9999999", password(sheet), sheet.code(), TERMS, key),
                new ActivationRequest(SAKURA, sheet.id(), "wrong", sheet.code(), TERMS, key),
                new ActivationRequest(
                        SAKURA, sheet.id(), password(sheet), new ActivationCode("123456789012"), TERMS, key),
                new ActivationRequest(MOMIJI, sheet.id(), password(sheet), sheet.code(), TERMS, key))) {
            assertThat(activation.activate(request, HERE).refused()).isEqualTo(Refused.NOT_MATCHING);
        }
        assertThat(folder.devices()).doesNotExist();
        made(activate(sheet, key));
    }

    @Test
    void wrong_tries_lock_the_account_for_longer_and_longer_and_then_for_good() throws Exception {
        Instant lockedAt = now;
        Duration lock = Tries.FIRST_LOCK;
        int tries = 0;
        while (tries < Tries.WRONG_MAX) {
            for (int i = 0; i < Tries.WRONG_PER_LOCK; i++) {
                assertThat(wrong("192.0.2." + tries++)).isEqualTo(Refused.NOT_MATCHING);
            }
            lockedAt = now;
            activation = hub();
            now = lockedAt.plus(lock).minusMillis(1);
            assertThat(activate(sheet, newKey()).refused()).isEqualTo(Refused.LOCKED);
            now = lockedAt.plus(lock);
            lock = lock.multipliedBy(2);
        }
        now = lockedAt.plus(Duration.ofDays(20));
        assertThat(activate(sheet, newKey()).refused()).isEqualTo(Refused.LOCKED);
        assertThat(office.lines().getFirst().state()).isEqualTo("LOCKED_BY_TRIES");

        office.lock(SAKURA, false);
        made(activate(sheet, newKey()));
    }

    @Test
    void an_account_that_does_not_exist_locks_like_one_that_does() throws Exception {
        var request =
                new ActivationRequest(MOMIJI, "W0000009", "x", new ActivationCode("123456789012"), TERMS, newKey());
        for (int i = 0; i < Tries.WRONG_PER_LOCK; i++) {
            assertThat(activation.activate(request, HERE).refused()).isEqualTo(Refused.NOT_MATCHING);
        }
        assertThat(activation.activate(request, HERE).refused()).isEqualTo(Refused.LOCKED);
    }

    @Test
    void an_address_that_guesses_is_not_listened_to_for_a_while_whatever_the_account() throws Exception {
        for (int i = 0; i < WrongSources.WRONG_MAX; i++) {
            var clinic = new InstitutionCode("%010d".formatted(i));
            var request =
                    new ActivationRequest(clinic, "W0000009", "x", new ActivationCode("123456789012"), TERMS, newKey());
            assertThat(activation.activate(request, HERE).refused()).isEqualTo(Refused.NOT_MATCHING);
        }
        assertThat(activate(sheet, newKey()).refused()).isEqualTo(Refused.TOO_MANY_TRIES);
        now = now.plus(WrongSources.LOCK);
        made(activate(sheet, newKey()));
    }

    @Test
    void a_locked_account_an_old_code_and_old_terms_are_refused() throws Exception {
        office.lock(SAKURA, true);
        assertThat(activate(sheet, newKey()).refused()).isEqualTo(Refused.LOCKED);
        office.lock(SAKURA, false);
        var old = new ActivationRequest(SAKURA, sheet.id(), password(sheet), sheet.code(), "2000-01", newKey());
        assertThat(activation.activate(old, HERE).refused()).isEqualTo(Refused.TERMS_CHANGED);
        now = START.plus(ActivationCode.LIFE).plusMillis(1);
        assertThat(activate(sheet, newKey()).refused()).isEqualTo(Refused.CODE_SPENT);
    }

    @Test
    void a_new_code_voids_the_one_before_and_revokes_the_device_it_replaces_when_it_is_used() throws Exception {
        DeviceId first = made(activate(sheet, newKey())).device();
        office.create(new Clinic(MOMIJI, "もみじ鍼灸院", LocalDate.of(2026, 11, 22)), null);
        Issued lost = office.code(SAKURA, null, null, true);
        Issued next = office.code(SAKURA, MOMIJI, first, false);
        assertThat(next.password()).isNull();
        assertThat(activate(lost, newKey()).refused()).isEqualTo(Refused.NOT_MATCHING);
        assertThat(device(first).state()).isEqualTo(EnrolledDevice.State.ACTIVE);

        var request = new ActivationRequest(SAKURA, sheet.id(), password(lost), next.code(), TERMS, newKey());
        Activated second = made(activation.activate(request, HERE));

        assertThat(device(first).state()).isEqualTo(EnrolledDevice.State.REVOKED);
        assertThat(device(second.device()).clinics()).containsExactlyInAnyOrder(SAKURA, MOMIJI);
        assertThat(second.clinics()).hasSize(2);
    }

    @Test
    void a_renewed_device_may_come_with_either_certificate_and_a_revoked_one_is_not_renewed() throws Exception {
        Activated made = made(activate(sheet, newKey()));
        X509Certificate first = DeviceCertificate.parse(made.certificate());
        now = START.plus(Duration.ofDays(300));
        SigningRequest key = newKey();
        X509Certificate lost = DeviceCertificate.parse(
                made(activation.renew(made.device(), DeviceCertificate.fingerprint(first), key)));
        X509Certificate renewed = DeviceCertificate.parse(
                made(activation.renew(made.device(), DeviceCertificate.fingerprint(first), key)));

        assertThat(renewed.getPublicKey()).isEqualTo(key.key());
        assertThat(renewed.getNotAfter().toInstant()).isEqualTo(now.plus(DeviceCertificate.LIFE));
        EnrolledDevice device = device(made.device());
        assertThat(comes(device, first)).isTrue();
        assertThat(comes(device, renewed)).isTrue();
        assertThat(comes(device, lost)).isFalse();

        Map<DeviceId, EnrolledDevice> all = devices();
        all.put(made.device(), device.as(EnrolledDevice.State.REVOKED));
        new DeviceRegister(folder.devices()).write(all);
        assertThat(activation
                        .renew(made.device(), DeviceCertificate.fingerprint(renewed), newKey())
                        .refused())
                .isEqualTo(Refused.DEVICE_NOT_ACTIVE);
    }

    /// A hub put back from a backup knows less than its devices; it must not shut them out.
    @Test
    void a_certificate_renewed_after_the_backup_is_good_and_an_older_unknown_one_is_not() throws Exception {
        Activated made = made(activate(sheet, newKey()));
        EnrolledDevice before = device(made.device());
        X509Certificate first = DeviceCertificate.parse(made.certificate());
        now = START.plus(Duration.ofDays(300));
        X509Certificate renewed = DeviceCertificate.parse(
                made(activation.renew(made.device(), DeviceCertificate.fingerprint(first), newKey())));

        assertThat(comes(before, renewed)).isTrue();
        EnrolledDevice after = device(made.device());
        EnrolledDevice twice = after.renewed(
                DeviceCertificate.fingerprint(renewed), DeviceCertificate.fingerprint(renewed), after.until());
        assertThat(comes(twice, first)).isFalse();
    }

    private static boolean comes(EnrolledDevice device, X509Certificate certificate) {
        return device.comesWith(
                DeviceCertificate.fingerprint(certificate),
                certificate.getNotAfter().toInstant());
    }

    @Test
    void nothing_on_disk_tells_password_or_code_and_nobody_else_may_read_it() throws Exception {
        activate(sheet, newKey());
        for (Path file : Tree.files(folder.root())) {
            String text = Files.readString(file);
            assertThat(text)
                    .doesNotContain(password(sheet))
                    .doesNotContain(sheet.code().digits());
        }
        for (Path file : Tree.files(folder.accounts())) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
        assertThat(sheet.toString() + by(sheet, newKey()) + sheet.code())
                .doesNotContain(password(sheet))
                .doesNotContain(sheet.code().digits());
    }
}
