package jp.kakunin.edge.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.stream.Stream;
import jp.kakunin.edge.EdgeTestIdentity;
import jp.kakunin.edge.activation.Tls;
import jp.kakunin.edge.doctor.WayToHub.Reached;
import jp.kakunin.edge.identity.EdgeIdentity;
import jp.kakunin.edge.reader.CardPort;
import jp.kakunin.edge.reader.CardTrouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DoctorTest {
    @TempDir
    private Path folder;

    private Path identity;
    private Instant now;

    @BeforeEach
    void enrol() throws Exception {
        identity = folder.resolve("identity");
        EdgeTestIdentity.copyTo(identity);
        X509Certificate certificate = Tls.certificate(EdgeIdentity.read(identity));
        now = certificate.getNotBefore().toInstant().plus(Duration.ofDays(1));
    }

    @Test
    void where_everything_works_nothing_is_named() {
        assertThat(broken(readers("Reader"), healthy())).isEmpty();
    }

    @Test
    void reader_and_service_are_told_apart() {
        assertThat(broken(readers(), healthy())).containsExactly(Fault.NO_READER);
        assertThat(broken(trouble(CardTrouble.Kind.NO_READER), healthy())).containsExactly(Fault.NO_READER);
        assertThat(broken(trouble(CardTrouble.Kind.NO_SERVICE), healthy())).containsExactly(Fault.NO_SERVICE);
        assertThat(broken(trouble(CardTrouble.Kind.ACCESS_DENIED), healthy())).containsExactly(Fault.NOT_ALLOWED);
    }

    @Test
    void whatever_the_way_to_the_hub_ends_at_is_the_one_that_is_named() {
        for (Fault fault : List.of(Fault.NO_WAY, Fault.NAME_NOT_FOUND, Fault.OTHER_CERTIFICATE, Fault.NO_ANSWER)) {
            WayToHub ends = _ -> new Reached.Broken(fault, "");
            assertThat(broken(readers("Reader"), ends)).containsExactly(fault);
            assertThat(doctor(readers("Reader"), ends).examine())
                    .filteredOn(finding -> finding.part() == Part.AUTHORITY)
                    .extracting(Finding::state)
                    .containsExactly(Finding.State.NOT_LOOKED_AT);
        }
        assertThat(broken(readers("Reader"), answer(500, new JsonObject()))).containsExactly(Fault.NO_ANSWER);
    }

    @Test
    void clock_account_and_authority_are_known_from_what_the_hub_says() {
        assertThat(broken(
                        readers("Reader"),
                        answer(200, said().put("hubTime", now.minusSeconds(301).toString()))))
                .containsExactly(Fault.CLOCK_OFF);
        assertThat(broken(
                        readers("Reader"),
                        answer(200, said().put("hubTime", now.plusSeconds(299).toString()))))
                .isEmpty();
        assertThat(broken(readers("Reader"), answer(200, said().put("device", "REVOKED"))))
                .containsExactly(Fault.DEVICE_STOPPED);
        assertThat(broken(readers("Reader"), answer(403, new JsonObject().put("title", "DEVICE_UNKNOWN"))))
                .containsExactly(Fault.DEVICE_UNKNOWN);
        assertThat(broken(readers("Reader"), answer(403, new JsonObject().put("title", "CERTIFICATE_EXPIRED"))))
                .containsExactly(Fault.CERTIFICATE_ENDED);
        assertThat(broken(readers("Reader"), answer(429, new JsonObject()))).containsExactly(Fault.OVERLOADED);
        assertThat(broken(readers("Reader"), answer(200, said().put("authority", "AWAY"))))
                .containsExactly(Fault.NO_ANSWERS);
        assertThat(broken(readers("Reader"), answer(200, said().put("hubTime", "noon"))))
                .containsExactly(Fault.NO_ANSWER);
    }

    @Test
    void an_identity_that_is_missing_broken_or_over_is_the_account() throws IOException {
        now = now.plus(Duration.ofDays(365 * 30L));
        WayToHub onTime = _ -> new Reached.Hub(200, said(), "");
        assertThat(broken(readers("Reader"), onTime)).containsExactly(Fault.CERTIFICATE_ENDED);
        Files.delete(identity.resolve("identity.properties"));
        assertThat(broken(readers("Reader"), onTime)).containsExactly(Fault.IDENTITY);
    }

    @Test
    void a_data_folder_that_cannot_be_written_is_the_pc() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThat(new Doctor(file, identity, readers("Reader"), healthy(), InstantSource.fixed(now)).examine())
                .filteredOn(finding -> finding.state() == Finding.State.BROKEN)
                .extracting(Finding::fault)
                .containsExactly(Fault.DISK);
    }

    @Test
    void every_fault_has_a_code_of_its_own_and_texts_for_both_in_both_languages() {
        assertThat(Stream.of(Fault.values()).map(Fault::code)).doesNotHaveDuplicates();
        for (Locale locale : List.of(Locale.ROOT, Locale.ENGLISH)) {
            ResourceBundle texts = ResourceBundle.getBundle(
                    "jp.kakunin.edge.doctor.texts",
                    locale,
                    ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
            for (Fault fault : Fault.values()) {
                for (String kind : Set.of(".name", ".staff", ".supplier")) {
                    assertThat(texts.getString(fault.code() + kind)).isNotBlank();
                }
            }
            for (Part part : Part.values()) {
                assertThat(texts.getString("part." + part.name().toLowerCase(Locale.ROOT)))
                        .isNotBlank();
            }
            assertThat(texts.keySet()).hasSize(Fault.values().length * 3 + Part.values().length + 1);
        }
    }

    private List<Fault> broken(CardPort cards, WayToHub way) {
        return doctor(cards, way).examine().stream()
                .filter(finding -> finding.state() == Finding.State.BROKEN)
                .map(Finding::fault)
                .filter(Objects::nonNull)
                .toList();
    }

    private Doctor doctor(CardPort cards, WayToHub way) {
        return new Doctor(folder, identity, cards, way, InstantSource.fixed(now));
    }

    private WayToHub healthy() {
        return answer(200, said());
    }

    private static WayToHub answer(int status, JsonObject body) {
        return _ -> new Reached.Hub(status, body, "");
    }

    private JsonObject said() {
        return new JsonObject()
                .put("hubTime", now.toString())
                .put("device", "ACTIVE")
                .put("authority", "ANSWERS");
    }

    private static CardPort readers(String... names) {
        return () -> new CardPort.Session() {
            @Override
            public List<CardPort.Slot> slots() {
                return List.of(names).stream()
                        .map(name -> new CardPort.Slot(name, false, false))
                        .toList();
            }

            @Override
            public List<CardPort.Slot> await(long millisMax) {
                return slots();
            }

            @Override
            public CardPort.Link connect(String reader) throws CardTrouble {
                throw new CardTrouble(CardTrouble.Kind.NO_CARD, "none");
            }

            @Override
            public void close() {}
        };
    }

    private static CardPort trouble(CardTrouble.Kind kind) {
        return () -> {
            throw new CardTrouble(kind, "SCardEstablishContext 0x8010001D");
        };
    }
}
