package jp.kakunin.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the values of the domain say, hold and keep to themselves.
final class ValuesTest {
    private static final UUID LOW = Samples.id(1);
    private static final UUID HIGH = Samples.id(2);

    static Stream<Arguments> ids() {
        return Stream.of(
                id("fact", FactId::new, FactId::parse),
                id("check", CheckId::new, CheckId::parse),
                id("visit", VisitId::new, VisitId::parse),
                id("patient", PatientId::new, PatientId::parse),
                id("device", DeviceId::new, DeviceId::parse),
                id("epoch", Epoch::new, Epoch::parse),
                id("instance", Instance::new, Instance::parse),
                id("incarnation", Incarnation::new, Incarnation::parse));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    <I extends Comparable<I>> void ids(String kind, Function<UUID, I> make, Function<String, I> parse) {
        assertThat(make.apply(LOW)).hasToString(LOW.toString()).isLessThan(make.apply(HIGH));
        assertThat(make.apply(HIGH)).isGreaterThan(make.apply(LOW));
        assertThat(parse.apply(LOW.toString())).isEqualTo(make.apply(LOW)).isEqualByComparingTo(make.apply(LOW));
    }

    @Test
    void every_kind_of_id_can_be_drawn_and_is_drawn_once() {
        var ids = new IdSource(() -> Instant.EPOCH, new Random(1));

        assertThat(Stream.of(
                        ids.check().value(), ids.visit().value(), ids.fact().value()))
                .allMatch(id -> id.version() == 7)
                .doesNotHaveDuplicates();
        assertThat(Stream.of(
                        ids.epoch().value(),
                        ids.instance().value(),
                        ids.incarnation().value(),
                        ids.device().value(),
                        ids.patient().value()))
                .allMatch(id -> id.version() == 4 && id.variant() == 2)
                .doesNotHaveDuplicates();
    }

    /// Names, numbers and birth dates never come out by a log line.
    @Test
    void what_is_personal_does_not_tell_itself() {
        Fact check = Story.of("first visit 5: certificate(X) a").facts().getFirst();
        Fact reference = new Fact.ReferenceSet(check.envelope(), "照会 12345");

        assertThat(Samples.HANAKO).hasToString("Insured[redacted]");
        assertThat(Notation.coverage("X")).hasToString("Coverage[redacted]");
        assertThat(check).hasToString("CheckRecorded[" + check.id() + "]");
        assertThat(reference).hasToString("ReferenceSet[" + reference.id() + "]");
    }

    @Test
    void what_the_hub_recorded_is_known_from_what_an_edge_did() {
        List<Fact> told = Story.of(
                        "first visit 5: card a; answer a: not-found as of 5; evidence a unusable; join p q; withdraw a")
                .facts();
        Envelope envelope = told.getFirst().envelope();

        assertThat(told).extracting(Fact::isFromHub).containsExactly(false, true, true, false, false);
        assertThat(new Fact.ReferenceSet(envelope, "1").isFromHub()).isFalse();
        assertThat(new Fact.Quarantined(envelope, Digest.ZERO, Fact.QuarantineReason.TOO_LARGE).isFromHub())
                .isTrue();
    }

    @Test
    void every_answer_comes_to_an_outcome_of_its_own() {
        Coverage coverage = Notation.coverage("X");

        assertThat(Stream.of(
                                new Answer.Valid(coverage, Samples.HANAKO),
                                new Answer.Invalid(coverage),
                                new Answer.InvalidNewerExists(coverage),
                                new Answer.NotFound(),
                                new Answer.Several(),
                                new Answer.ValidUnregistered())
                        .map(Answer::outcome))
                .containsExactly(Answer.Outcome.values());
    }

    @Test
    void another_seal_changes_nothing_else() {
        Digest seal = Digest.of(new byte[] {1});
        for (Fact fact : Story.of("first visit 5: card a; answer a: not-found as of 5; evidence a unusable")
                .facts()) {
            if (fact instanceof Fact.Sealed sealed) {
                assertThat(sealed.withSeal(seal).seal()).isEqualTo(seal);
                assertThat(sealed.withSeal(seal).withSeal(sealed.seal())).isEqualTo(sealed);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 101})
    void a_share_is_a_percentage(int copay) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> coverage("", "", "", copay))
                .withMessageContaining("0 to 100");
        assertThatCode(() -> coverage("", "", "", Math.clamp(copay, 0, 100))).doesNotThrowAnyException();
    }

    @Test
    void texts_of_a_coverage_have_limits() {
        String longest = "1".repeat(38);

        assertThat(coverage(longest, longest, "12", 30).symbol()).isEqualTo(longest);
        assertThatIllegalArgumentException().isThrownBy(() -> coverage(longest + "1", "", "", 30));
        assertThatIllegalArgumentException().isThrownBy(() -> coverage("", longest + "1", "", 30));
        assertThatIllegalArgumentException().isThrownBy(() -> coverage("", "", "123", 30));
    }

    @Test
    void a_digest_is_its_bytes() {
        byte[] bytes = new byte[Digest.BYTES];
        bytes[31] = 0x1f;
        Digest digest = new Digest(bytes);
        bytes[0] = 1;

        assertThat(digest).hasToString("0".repeat(62) + "1f").isNotEqualTo(Digest.ZERO);
        assertThat(digest.bytes()).hasSize(Digest.BYTES).endsWith(0x1f);
        assertThat(new Digest(digest.bytes())).isEqualTo(digest).hasSameHashCodeAs(digest);
        assertThat(digest.hashCode()).isNotEqualTo(Digest.ZERO.hashCode());
    }

    @Test
    void institution_codes_are_ordered_and_shown_as_digits() {
        assertThat(new InstitutionCode("0110113719"))
                .hasToString("0110113719")
                .isLessThan(new InstitutionCode("1180123456"));
    }

    private static <I> Arguments id(String kind, Function<UUID, I> make, Function<String, I> parse) {
        return Arguments.of(kind, make, parse);
    }

    private static Coverage coverage(String symbol, String number, String branch, int copay) {
        return new Coverage(
                InsurerNumber.ofBody("0113901"), symbol, number, branch, copay, LocalDate.of(2026, 4, 1), null);
    }
}
