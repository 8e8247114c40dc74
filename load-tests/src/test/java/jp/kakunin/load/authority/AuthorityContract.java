package jp.kakunin.load.authority;

import static jp.kakunin.load.authority.People.CLINIC;
import static jp.kakunin.load.authority.People.TODAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.concurrent.TimeUnit;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.Coverage;
import jp.kakunin.domain.Fact.EvidenceFlaw;
import jp.kakunin.domain.Insured;
import jp.kakunin.domain.InsurerNumber;
import jp.kakunin.domain.Particulars;
import jp.kakunin.hub.authority.Authority;
import jp.kakunin.hub.authority.AuthorityResult;
import jp.kakunin.hub.authority.Capability;
import jp.kakunin.hub.authority.Inquiry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every authority keeps, however it is reached. It is asked about the people of [People] and can be asked
/// anything.
abstract class AuthorityContract {
    private static final int ANSWER_SECONDS_MAX = 30;

    final People people = new People();
    Instant now = People.NOW;

    @TempDir
    Path folder;

    private Authority authority = new NoAuthority();

    abstract Authority open(Path registry, Path folder, InstantSource clock) throws Exception;

    /// Closes what the authority stands on.
    void closeBehind() {}

    @BeforeEach
    void open() throws Exception {
        authority = open(People.registry(folder), folder, () -> now);
    }

    @AfterEach
    void close() {
        authority.close();
        closeBehind();
    }

    @Test
    void it_can_be_asked_in_every_way_here() {
        assertThat(authority.capabilities()).containsExactlyInAnyOrder(Capability.values());
    }

    @Test
    void who_is_insured_is_answered_with_coverage_and_name() {
        assertThat(ask(people.asked(People.LONG, TODAY)))
                .isEqualTo(new AuthorityResult.Answered(
                        TODAY,
                        now,
                        new Answer.Valid(
                                new Coverage(
                                        InsurerNumber.ofBody("0113901"),
                                        "記号９",
                                        "101",
                                        "00",
                                        30,
                                        LocalDate.of(2019, 4, 1),
                                        null),
                                new Insured("髙橋　花子", "ﾀｶﾊｼ ﾊﾅｺ", LocalDate.of(1985, 4, 12)),
                                new Particulars(
                                        "100-0000",
                                        "見本県髙見市一丁目",
                                        "見本組合",
                                        "髙橋　一郎",
                                        Particulars.Relation.FAMILY,
                                        Particulars.Sex.FEMALE,
                                        false,
                                        20))));
    }

    @Test
    void the_share_and_an_empty_symbol_come_through() {
        Coverage coverage = coverage(people.asked(People.ELDERLY, TODAY));

        assertThat(coverage.copayPercent()).isEqualTo(10);
        assertThat(coverage.symbol()).isEmpty();
        assertThat(coverage.branch()).isEmpty();
    }

    @Test
    void a_question_is_answered_as_of_its_day() {
        Coverage before = coverage(people.asked(People.CHANGED, LocalDate.of(2026, 11, 10)));
        Coverage after = coverage(people.asked(People.CHANGED, LocalDate.of(2026, 11, 11)));

        assertThat(before.insurer()).isEqualTo(InsurerNumber.ofBody("0113905"));
        assertThat(before.until()).isEqualTo(LocalDate.of(2026, 11, 10));
        assertThat(after.insurer()).isEqualTo(InsurerNumber.ofBody("13906"));
        assertThat(after.from()).isEqualTo(LocalDate.of(2026, 11, 11));
    }

    @Test
    void the_day_asked_for_is_the_day_answered_for() {
        LocalDate day = LocalDate.of(2026, 11, 5);

        assertThat(ask(people.asked(People.LONG, day)))
                .isInstanceOfSatisfying(AuthorityResult.Answered.class, answered -> {
                    assertThat(answered.asOf()).isEqualTo(day);
                    assertThat(answered.answeredAt()).isEqualTo(now);
                });
    }

    @Test
    void a_coverage_that_ended_is_named() {
        assertThat(answer(people.asked(People.ENDED, TODAY)))
                .isInstanceOfSatisfying(
                        Answer.Invalid.class,
                        invalid -> assertThat(invalid.ended())
                                .isNotNull()
                                .extracting(Coverage::until)
                                .isEqualTo(LocalDate.of(2026, 8, 31)));
    }

    @Test
    void between_two_coverages_the_newer_one_is_hinted_at() {
        assertThat(answer(people.asked(People.BETWEEN, TODAY)))
                .isInstanceOfSatisfying(
                        Answer.InvalidNewerExists.class,
                        invalid -> assertThat(invalid.ended())
                                .isNotNull()
                                .extracting(Coverage::number)
                                .isEqualTo("13"));
    }

    @Test
    void who_is_not_known_is_not_found() {
        assertThat(answer(people.asked(People.NOBODY, TODAY))).isEqualTo(new Answer.NotFound());
    }

    @Test
    void several_hits_are_several() {
        assertThat(answer(people.asked(People.TWICE, TODAY))).isEqualTo(new Answer.Several());
    }

    @Test
    void what_may_not_be_viewed_is_invalid_and_names_nothing() {
        assertThat(answer(people.asked(People.SUSPENDED, TODAY))).isEqualTo(new Answer.Invalid(null));
    }

    @Test
    void valid_without_data_is_an_answer_of_its_own() {
        assertThat(answer(people.asked(People.UNREGISTERED, TODAY))).isEqualTo(new Answer.ValidUnregistered());
    }

    @Test
    void what_is_registered_late_is_answered_late() {
        LocalDate visit = LocalDate.of(2026, 11, 19);
        assertThat(answer(people.asked(People.LATE, visit))).isEqualTo(new Answer.NotFound());

        now = Instant.parse("2026-11-23T03:00:00Z");

        assertThat(answer(people.asked(People.LATE, visit))).isInstanceOf(Answer.Valid.class);
    }

    @Test
    void the_same_question_has_the_same_answer() {
        Inquiry inquiry = people.asked(People.CHANGED, TODAY);

        assertThat(ask(inquiry)).isEqualTo(ask(inquiry));
    }

    @Test
    void a_card_shown_without_pin_needs_no_signature() {
        byte[] certificate = People.der(people.card(People.LONG, People.NOW));

        assertThat(answer(people.shown(People.LONG, certificate))).isInstanceOf(Answer.Valid.class);
    }

    @Test
    void a_signature_for_another_day_is_no_evidence() {
        assertThat(ask(people.asked(People.LONG, TODAY, TODAY.minusDays(1))))
                .isEqualTo(new AuthorityResult.Unusable(EvidenceFlaw.SIGNATURE_WRONG));
    }

    @Test
    void what_is_no_certificate_is_no_evidence() {
        assertThat(ask(people.shown(People.LONG, new byte[] {1, 2, 3})))
                .isEqualTo(new AuthorityResult.Unusable(EvidenceFlaw.NOT_A_CERTIFICATE));
    }

    @Test
    void what_does_not_open_is_no_evidence() {
        assertThat(ask(new Inquiry.ByCard(people.check(), CLINIC, TODAY, new byte[80])))
                .isEqualTo(new AuthorityResult.Unusable(EvidenceFlaw.NOT_READABLE));
    }

    @Test
    void evidence_of_another_check_is_no_evidence() {
        Inquiry.ByCard other = people.asked(People.LONG, TODAY);

        assertThat(ask(new Inquiry.ByCard(people.check(), CLINIC, TODAY, other.attachment())))
                .isEqualTo(new AuthorityResult.Unusable(EvidenceFlaw.NOT_READABLE));
    }

    @Test
    void a_number_finds_its_holder() {
        assertThat(answer(byNumber("0113901", "記号９", "101", LocalDate.of(1985, 4, 12))))
                .isInstanceOfSatisfying(
                        Answer.Valid.class,
                        valid -> assertThat(valid.insured().name()).isEqualTo("髙橋　花子"));
    }

    @Test
    void a_number_with_another_birth_date_finds_nobody() {
        assertThat(answer(byNumber("0113901", "記号９", "101", LocalDate.of(1985, 4, 13))))
                .isEqualTo(new Answer.NotFound());
    }

    @Test
    void an_old_number_does_not_give_away_the_new_coverage() {
        assertThat(answer(byNumber("0113905", "90050001", "512", LocalDate.of(1966, 12, 7))))
                .isInstanceOfSatisfying(
                        Answer.InvalidNewerExists.class,
                        invalid -> assertThat(invalid.ended())
                                .isNotNull()
                                .extracting(Coverage::number)
                                .isEqualTo("512"));
    }

    private Inquiry byNumber(String insurer, String symbol, String number, LocalDate birthDate) {
        return new Inquiry.ByNumber(
                people.check(), CLINIC, TODAY, InsurerNumber.ofBody(insurer), symbol, number, "", birthDate);
    }

    private Coverage coverage(Inquiry inquiry) {
        assertThat(answer(inquiry)).isInstanceOf(Answer.Valid.class);
        return ((Answer.Valid) answer(inquiry)).coverage();
    }

    private Answer answer(Inquiry inquiry) {
        assertThat(ask(inquiry)).isInstanceOf(AuthorityResult.Answered.class);
        return ((AuthorityResult.Answered) ask(inquiry)).answer();
    }

    private AuthorityResult ask(Inquiry inquiry) {
        return authority
                .ask(inquiry)
                .orTimeout(ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                .join();
    }
}
