package jp.kakunin.edge.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.kakunin.domain.Deadline;
import jp.kakunin.domain.DueState;
import jp.kakunin.domain.Evidence;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.Stage;
import jp.kakunin.domain.Standing;
import jp.kakunin.domain.VisitKind;
import jp.kakunin.domain.VisitStanding;
import jp.kakunin.edge.activation.Trouble;
import jp.kakunin.edge.reader.ExtendedApdu;
import jp.kakunin.edge.reader.ReaderState;
import jp.kakunin.exchange.StreamReply;
import org.junit.jupiter.api.Test;

final class TextsTest {
    private static final Pattern PLACE = Pattern.compile("\\{\\d}");

    @Test
    void both_languages_have_the_same_keys_and_the_same_places() {
        Texts japanese = Texts.in(Language.JA);
        Texts english = Texts.in(Language.EN);

        assertThat(english.keys()).containsExactlyInAnyOrderElementsOf(japanese.keys());
        for (String key : japanese.keys()) {
            assertThat(places(english.text(key))).as(key).isEqualTo(places(japanese.text(key)));
        }
    }

    @Test
    void every_text_is_used_and_every_used_text_is_there() throws IOException {
        Set<String> used = new TreeSet<>(families());
        Pattern literal = Pattern.compile("[\"']([a-z]+(\\.[a-z_]+)+)[\"']");
        for (Path source : sources()) {
            Matcher matcher = literal.matcher(Files.readString(source));
            while (matcher.find()) {
                used.add(matcher.group(1));
            }
        }

        assertThat(Texts.in(Language.JA).keys()).isSubsetOf(used);
        assertThat(Texts.in(Language.JA).keys()).containsAll(families());
    }

    @Test
    void every_problem_has_its_own_code_and_texts_for_staff_and_supplier() {
        assertThat(Stream.of(Problem.values()).map(Problem::code)).doesNotHaveDuplicates();
        for (Problem problem : Problem.values()) {
            assertThat(Texts.in(Language.JA).text(problem.staffKey())).isNotBlank();
            assertThat(Texts.in(Language.EN).text(problem.supplierKey())).isNotBlank();
        }
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> java = Files.walk(Path.of("src/main/java/jp/kakunin/edge/desk"));
                Stream<Path> pages = Files.walk(Path.of("src/main/resources/jp/kakunin/edge/desk/pages"))) {
            return Stream.concat(java, pages).filter(Files::isRegularFile).toList();
        }
    }

    /// The keys that are put together from a family and a constant.
    private static Set<String> families() {
        Stream<String> families = Stream.of(
                        keys("kind", VisitKind.values()),
                        Stream.of("outage.amber", "outage.red"),
                        keys("due", DueState.values()),
                        keys("deadline", Deadline.Kind.values()),
                        keys("stage", Stage.values()),
                        keys("by", Standing.By.values()),
                        keys("notice", VisitStanding.Notice.values()),
                        keys("why", Evidence.Reason.values()),
                        keys("evidence", Evidence.DocumentKind.values()),
                        keys("evidence", Evidence.Verification.values()),
                        keys("status.reader", ReaderState.values()),
                        keys("status.extended", ExtendedApdu.values()),
                        keys("next", NextStep.values()),
                        keys("trouble", Trouble.values()),
                        keys("trouble.supplier", Trouble.values()),
                        keys("remark", Fact.QuarantineReason.values()),
                        keys("remark", StreamReply.Outcome.values()),
                        Stream.of(
                                        "confirmed",
                                        "attested",
                                        "waiting",
                                        "deferred",
                                        "refused",
                                        "not_found",
                                        "several",
                                        "contested")
                                .map(word -> "standing." + word),
                        Stream.of("expires", "grace", "expired").map(word -> "tap." + word),
                        Stream.of(
                                        "asked",
                                        "no_answer",
                                        "could_not_ask",
                                        "valid",
                                        "invalid",
                                        "not_found",
                                        "several",
                                        "contested",
                                        "unusable",
                                        "other")
                                .map(word -> "tap." + word),
                        Stream.of("asked", "no_answer", "could_not_ask", "valid")
                                .map(word -> "tap." + word + ".detail"),
                        Stream.of("salvaged", "full").map(word -> "store." + word),
                        Stream.of("moment", "returned", "finished").map(word -> "activate." + word + ".go"),
                        Stream.of(
                                        "connected",
                                        "starting",
                                        "dns",
                                        "tcp",
                                        "tls",
                                        "expired",
                                        "timeout",
                                        "hub",
                                        "busy",
                                        "refused",
                                        "unknown")
                                .map(word -> "line." + word),
                        Stream.of("dns", "tcp", "tls", "expired", "timeout", "hub", "refused", "unknown")
                                .map(word -> "line.help." + word),
                        Stream.of(Problem.values())
                                .flatMap(problem -> Stream.of(problem.staffKey(), problem.supplierKey())))
                .flatMap(each -> each);
        return families.collect(Collectors.toSet());
    }

    private static Stream<String> keys(String family, Enum<?>[] constants) {
        return Stream.of(constants)
                .map(constant -> family + "." + constant.name().toLowerCase(Locale.ROOT));
    }

    private static Set<String> places(String text) {
        return PLACE.matcher(text).results().map(found -> found.group()).collect(Collectors.toCollection(TreeSet::new));
    }
}
