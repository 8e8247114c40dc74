package jp.kakunin.edge.desk;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.Standing;
import jp.kakunin.domain.VisitStanding.Notice;
import jp.kakunin.edge.reader.ReaderState;
import jp.kakunin.edge.reader.ReaderTexts;
import org.jspecify.annotations.Nullable;

/// The tap panel, ready to be shown.
///
/// @param key changes when the panel has to be drawn anew
/// @param tone colours it: `calm`, `busy`, `good`, `bad`, `warn`
/// @param asksPin whether the form for the PIN is shown
/// @param visit the visit it led to
public record TapView(
        String key,
        String tone,
        String heading,
        String detail,
        String code,
        String supplier,
        String note,
        boolean asksPin,
        boolean asksConsent,
        boolean asksVisual,
        String tries,
        @Nullable VisitDetail visit,
        List<Candidate> candidates) {

    /// A first visit recorded by name that may be this patient's.
    public record Candidate(String patient, String text) {
        @Override
        public String toString() {
            return "Candidate[" + patient + "]";
        }
    }

    /// What a screen reader says as soon as the panel shows this.
    public String say() {
        StringBuilder spoken = new StringBuilder(heading);
        for (String more : List.of(tries, note, detail)) {
            if (!more.isEmpty()) {
                spoken.append(' ').append(more);
            }
        }
        if (visit != null) {
            spoken.append(' ').append(visit.row().patient());
        }
        return spoken.toString();
    }

    static TapView of(Tap tap, ReaderState reader, LocalDate today, Texts texts) {
        ReaderTexts cardTexts = texts.reader();
        boolean card = reader == ReaderState.CARD;
        return switch (tap) {
            case Tap.NoCard(ReaderState state, int triesLeft) ->
                plain(
                                "no-card-" + state + (triesLeft < 0 ? "" : "-" + triesLeft),
                                state == ReaderState.EMPTY ? "calm" : "warn",
                                cardTexts.staff(state.code()))
                        .withNote(takenAway(triesLeft, texts))
                        .withCode(
                                state == ReaderState.EMPTY ? "" : state.code(),
                                state == ReaderState.EMPTY ? "" : cardTexts.supplier(state.code()));
            case Tap.Looking _ -> plain("looking", "busy", texts.text("tap.looking"));
            case Tap.Ready(int triesLeft, LocalDate begins, LocalDate ends) ->
                plain("ready-" + triesLeft, "calm", texts.text(triesLeft == 0 ? "tap.ready.blocked" : "tap.ready"))
                        .withForms(triesLeft, texts)
                        .withNote(note(begins, ends, today, texts))
                        .withAdvice(advice(begins, ends, today), texts);
            case Tap.Reading _ -> plain("reading", "busy", texts.text("tap.reading"));
            case Tap.Recorded recorded -> plain("recorded-" + recorded.check(), "busy", texts.text("tap.recorded"));
            case Tap.WrongPin(int triesLeft) ->
                trouble("wrong-pin-" + triesLeft + card, texts, ReaderTexts.WRONG_PIN, "", triesLeft)
                        .withForms(card ? triesLeft : -1, texts);
            case Tap.PinBlocked _ ->
                trouble("blocked" + card, texts, ReaderTexts.PIN_BLOCKED, "").withForms(card ? 0 : -1, texts);
            case Tap.LastTry _ ->
                trouble("last-try" + card, texts, ReaderTexts.LAST_TRY, "").withForms(card ? 1 : -1, texts);
            case Tap.Unreadable(var fault, String detail) ->
                trouble("unreadable-" + fault + detail.hashCode(), texts, fault.code(), detail);
            case Tap.NotRecorded(Problem problem) ->
                new TapView(
                        "not-recorded-" + problem,
                        "bad",
                        texts.text("tap.not_recorded"),
                        texts.text(problem.staffKey()),
                        problem.code(),
                        texts.text(problem.supplierKey()),
                        "",
                        false,
                        false,
                        false,
                        "",
                        null,
                        List.of());
        };
    }

    /// Instead of the PIN: nothing can be recorded for the clinic whose page this is.
    static TapView ended(Clinic clinic, Texts texts) {
        Problem problem = Problem.CLINIC_ENDED;
        return new TapView(
                "ended",
                "bad",
                texts.text("tap.ended", clinic.name()),
                texts.text(problem.staffKey()),
                problem.code(),
                texts.text(problem.supplierKey()),
                "",
                false,
                false,
                false,
                "",
                null,
                List.of());
    }

    /// The answer, or why there is none yet. 無効, 取得失敗 and "could not ask" never look alike.
    static TapView of(
            Tap.Recorded recorded, DeskVisit visit, List<Candidate> candidates, VisitDetail detail, Texts texts) {
        Shown shown = shown(recorded.asking(), visit);
        String text = shown.hasDetail
                ? texts.text("tap." + shown.name().toLowerCase(Locale.ROOT) + ".detail")
                : texts.text(visit.next().key());
        Advice advice = shown.advice(visit);
        return new TapView(
                "recorded-" + recorded.check() + "-" + shown + "-"
                        + visit.joins().size() + "-"
                        + detail.row().sent() + "-" + detail.lines().hashCode() + "-"
                        + detail.notices().hashCode(),
                shown.tone,
                texts.text("tap", shown),
                text,
                advice == null ? "" : advice.code(),
                advice == null ? "" : texts.text(advice.supplierKey()),
                String.join(" ", detail.notices()),
                false,
                false,
                false,
                "",
                detail,
                candidates);
    }

    private static Shown shown(Tap.Asking asking, DeskVisit visit) {
        Standing standing = visit.judged().standing();
        return standing instanceof Standing.Waiting || standing instanceof Standing.Attested
                ? switch (asking) {
                    case ASKED -> Shown.ASKED;
                    case NO_ANSWER -> Shown.NO_ANSWER;
                    case COULD_NOT_ASK -> Shown.COULD_NOT_ASK;
                    case ANSWERED -> Shown.OTHER;
                }
                : shown(visit);
    }

    private static Shown shown(DeskVisit visit) {
        return switch (visit.judged().standing()) {
            case Standing.Confirmed _ -> Shown.VALID;
            case Standing.Refused _ ->
                switch (visit.said()) {
                    case Answer.NotFound _ -> Shown.NOT_FOUND;
                    case Answer.Several _ -> Shown.SEVERAL;
                    case null, default -> Shown.INVALID;
                };
            case Standing.Contested _ -> Shown.CONTESTED;
            case Standing.Deferred _ ->
                visit.judged().notices().contains(Notice.CARD_EVIDENCE_UNUSABLE) ? Shown.UNUSABLE : Shown.OTHER;
            case Standing.Waiting _, Standing.Attested _ -> Shown.OTHER;
        };
    }

    enum Shown {
        ASKED("busy", true),
        NO_ANSWER("warn", true),
        COULD_NOT_ASK("warn", true),
        VALID("good", true),
        INVALID("bad", false),
        NOT_FOUND("bad", false),
        SEVERAL("bad", false),
        CONTESTED("warn", false),
        UNUSABLE("warn", false),
        OTHER("calm", false);

        private final String tone;
        private final boolean hasDetail;

        @Nullable
        Advice advice(DeskVisit visit) {
            return switch (this) {
                case NO_ANSWER -> Advice.NO_ANSWER;
                case COULD_NOT_ASK -> Advice.COULD_NOT_ASK;
                case INVALID, NOT_FOUND, SEVERAL -> Advice.of(visit.said());
                case CONTESTED -> Advice.CONTESTED;
                case UNUSABLE -> Advice.UNUSABLE;
                case ASKED, VALID, OTHER -> null;
            };
        }

        Shown(String tone, boolean hasDetail) {
            this.tone = tone;
            this.hasDetail = hasDetail;
        }
    }

    private static String takenAway(int triesLeft, Texts texts) {
        return triesLeft < 0
                ? ""
                : triesLeft == 0 ? texts.text("tap.taken.blocked") : texts.text("tap.taken", triesLeft);
    }

    private static CertificateNote certificate(@Nullable LocalDate begins, @Nullable LocalDate ends, LocalDate today) {
        return begins == null || ends == null ? CertificateNote.NONE : CertificateNote.of(begins, ends, today);
    }

    private static @Nullable Advice advice(@Nullable LocalDate begins, @Nullable LocalDate ends, LocalDate today) {
        return Advice.of(certificate(begins, ends, today));
    }

    private static String note(@Nullable LocalDate begins, @Nullable LocalDate ends, LocalDate today, Texts texts) {
        Advice advice = advice(begins, ends, today);
        return advice == null || ends == null
                ? ""
                : texts.text(advice.staffKey(), ends, CertificateNote.graceEnds(ends));
    }

    private static TapView plain(String key, String tone, String heading) {
        return new TapView(key, tone, heading, "", "", "", "", false, false, false, "", null, List.of());
    }

    private static TapView trouble(String key, Texts texts, String code, String detail, Object... arguments) {
        String supplier = texts.reader().supplier(code);
        return new TapView(
                key,
                "warn",
                texts.text("tap.trouble"),
                texts.reader().staff(code, arguments),
                code,
                detail.isEmpty() ? supplier : supplier + " (" + detail + ")",
                "",
                false,
                false,
                false,
                "",
                null,
                List.of());
    }

    private TapView withCode(String newCode, String newSupplier) {
        return new TapView(
                key,
                tone,
                heading,
                detail,
                newCode,
                newSupplier,
                note,
                asksPin,
                asksConsent,
                asksVisual,
                tries,
                visit,
                candidates);
    }

    private TapView withAdvice(@Nullable Advice advice, Texts texts) {
        return advice == null ? this : withCode(advice.code(), texts.text(advice.supplierKey()));
    }

    private TapView withNote(String newNote) {
        return new TapView(
                key,
                tone,
                heading,
                detail,
                code,
                supplier,
                newNote,
                asksPin,
                asksConsent,
                asksVisual,
                tries,
                visit,
                candidates);
    }

    /// @param triesLeft less than 0 when no card lies there
    private TapView withForms(int triesLeft, Texts texts) {
        String told =
                triesLeft < 0 ? "" : triesLeft == 0 ? texts.text("tap.blocked") : texts.text("tap.tries", triesLeft);
        return new TapView(
                key,
                triesLeft == 1 || triesLeft == 0 ? "warn" : tone,
                heading,
                detail,
                code,
                supplier,
                note,
                triesLeft > 0,
                triesLeft == 1,
                triesLeft >= 0,
                told,
                visit,
                candidates);
    }

    @Override
    public String toString() {
        return "TapView[" + key + "]";
    }
}
