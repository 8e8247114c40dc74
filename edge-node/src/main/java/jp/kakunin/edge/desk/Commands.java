package jp.kakunin.edge.desk;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import jp.kakunin.domain.CheckId;
import jp.kakunin.domain.Coverage;
import jp.kakunin.domain.Evidence;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.FactId;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.VisitId;
import jp.kakunin.domain.VisitKind;
import jp.kakunin.edge.reader.Pin;
import org.jspecify.annotations.Nullable;

/// What can be asked of the desk, in the words of forms and local API: named text fields in, an outcome out. Field
/// names are the same in both.
final class Commands {
    private final Reception reception;

    Commands(Reception reception) {
        this.reception = reception;
    }

    /// Checks the card on the reader; `method` is `pin` or `visual`. Overwrites the digits.
    CompletableFuture<Outcome<Tap>> check(Map<String, String> fields, char[] typedPin) {
        try {
            return answering(() -> {
                Clinic clinic = clinic(fields);
                Clinic also = also(fields, clinic);
                VisitKind kind = constant(VisitKind.class, fields.get("kind"));
                boolean lastTryAccepted = isSet(fields.get("lastTryAccepted"));
                return switch (required(fields, "method", Problem.FIELD_INVALID)) {
                    case "visual" -> reception.tapDesk().check(new TapRequest(clinic, also, null, false, kind));
                    case "pin" ->
                        reception.tapDesk().check(new TapRequest(clinic, also, pin(typedPin), lastTryAccepted, kind));
                    case String _ -> throw new RefusedException(Problem.FIELD_INVALID);
                };
            });
        } finally {
            Arrays.fill(typedPin, '\0');
        }
    }

    CompletableFuture<Outcome<Recorded>> defer(Map<String, String> fields) {
        return answering(() -> reception
                .recorder()
                .defer(
                        clinic(fields).code(),
                        fields.getOrDefault("patientName", ""),
                        reason(fields),
                        percent(fields.get("copayCharged"))));
    }

    /// `basis` is `shown` (an earlier result known here) or `own_record`, which is also meant when it is absent.
    CompletableFuture<Outcome<Recorded>> attest(Map<String, String> fields) {
        return answering(() -> reception
                .recorder()
                .attest(clinic(fields).code(), whom(fields), "shown".equals(fields.get("basis")), reason(fields)));
    }

    /// `despite` is the denial that the staff were shown; without it a visit that was denied takes no document.
    CompletableFuture<Outcome<Recorded>> accept(Map<String, String> fields) {
        return answering(() -> {
            Evidence.DocumentKind kind = constant(Evidence.DocumentKind.class, fields.get("document"));
            if (kind == null) {
                throw new RefusedException(Problem.FIELD_INVALID);
            }
            String despite = fields.getOrDefault("despite", "");
            VisitRecorder.Document document = new VisitRecorder.Document(
                    kind,
                    reason(fields),
                    coverage(fields),
                    percent(fields.get("copayCharged")),
                    despite.isEmpty() ? null : parsed(despite, CheckId::parse));
            String visit = fields.getOrDefault("visit", "");
            VisitRecorder recorder = reception.recorder();
            return visit.isEmpty()
                    ? recorder.accept(
                            clinic(fields).code(),
                            whom(fields),
                            constant(VisitKind.class, fields.get("kind")),
                            document)
                    : recorder.accept(clinic(fields).code(), parsed(visit, VisitId::parse), document);
        });
    }

    CompletableFuture<Outcome<FactId>> join(Map<String, String> fields) {
        return answering(() -> reception
                .recorder()
                .join(
                        clinic(fields).code(),
                        parsed(required(fields, "a", Problem.PATIENT_UNKNOWN), PatientId::parse),
                        parsed(required(fields, "b", Problem.PATIENT_UNKNOWN), PatientId::parse)));
    }

    CompletableFuture<Outcome<FactId>> withdraw(Map<String, String> fields) {
        return answering(() -> {
            VisitRecorder recorder = reception.recorder();
            Clinic clinic = clinic(fields);
            FactId fact = parsed(required(fields, "fact", Problem.FACT_UNKNOWN), FactId::parse);
            Clinic also = also(fields, clinic);
            return also == null
                    ? recorder.withdraw(
                            clinic.code(), fact, constantOr(Fact.WithdrawalReason.MISTAKE, fields.get("reason")))
                    : recorder.withdrawBoth(
                            clinic.code(),
                            fact,
                            also.code(),
                            parsed(required(fields, "alsoFact", Problem.FACT_UNKNOWN), FactId::parse));
        });
    }

    private static <T> CompletableFuture<Outcome<T>> answering(Supplier<CompletableFuture<Outcome<T>>> command) {
        try {
            return command.get().exceptionally(failure -> Outcome.refused(CheckRecorder.problem(failure)));
        } catch (RefusedException e) {
            return CompletableFuture.completedFuture(Outcome.refused(e.problem));
        }
    }

    private Clinic clinic(Map<String, String> fields) {
        return switch (reception.clinic(fields.get("clinic"))) {
            case Outcome.Done<Clinic>(Clinic clinic)
            when reception.hasEnded(clinic) -> throw new RefusedException(Problem.CLINIC_ENDED);
            case Outcome.Done<Clinic>(Clinic clinic) -> clinic;
            case Outcome.Refused<Clinic>(Problem problem) -> throw new RefusedException(problem);
        };
    }

    /// The other clinic that the tap is recorded for as well, if it is said.
    private @Nullable Clinic also(Map<String, String> fields, Clinic clinic) {
        String code = fields.getOrDefault("also", "");
        if (code.isEmpty()) {
            return null;
        }
        Clinic also = clinic(Map.of("clinic", code));
        if (also.equals(clinic)) {
            throw new RefusedException(Problem.ALSO_SAME_CLINIC);
        }
        return also;
    }

    private static Pin pin(char[] typed) {
        try {
            return Pin.of(typed);
        } catch (IllegalArgumentException _) {
            throw new RefusedException(Problem.PIN_NOT_FOUR_DIGITS);
        }
    }

    private static VisitRecorder.Whom whom(Map<String, String> fields) {
        String patient = fields.getOrDefault("patient", "");
        return patient.isEmpty()
                ? new VisitRecorder.Whom.Named(fields.getOrDefault("patientName", ""))
                : new VisitRecorder.Whom.Known(parsed(patient, PatientId::parse));
    }

    private static Evidence.Reason reason(Map<String, String> fields) {
        return constantOr(Evidence.Reason.NO_CARD, fields.get("reason"));
    }

    private static @Nullable Coverage coverage(Map<String, String> fields) {
        return switch (CoverageFields.of(fields)) {
            case Outcome.Done<Optional<Coverage>>(Optional<Coverage> typed) -> typed.orElse(null);
            case Outcome.Refused<Optional<Coverage>>(Problem problem) -> throw new RefusedException(problem);
        };
    }

    private static @Nullable Integer percent(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            int percent = Integer.parseInt(text.strip());
            if (percent >= 0 && percent <= 100) {
                return percent;
            }
        } catch (NumberFormatException _) {
            // said below
        }
        throw new RefusedException(Problem.FIELD_INVALID);
    }

    private static String required(Map<String, String> fields, String name, Problem problem) {
        String value = fields.getOrDefault(name, "");
        if (value.isEmpty()) {
            throw new RefusedException(problem);
        }
        return value;
    }

    private static <T> T parsed(String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException _) {
            throw new RefusedException(Problem.FIELD_INVALID);
        }
    }

    private static <E extends Enum<E>> E constantOr(E otherwise, @Nullable String text) {
        E constant = constant(otherwise.getDeclaringClass(), text);
        return constant == null ? otherwise : constant;
    }

    private static <E extends Enum<E>> @Nullable E constant(Class<E> type, @Nullable String text) {
        if (text == null || text.isEmpty() || text.equals("auto")) {
            return null;
        }
        return parsed(text.toUpperCase(Locale.ROOT), name -> Enum.valueOf(type, name));
    }

    private static boolean isSet(@Nullable String text) {
        return "true".equals(text) || "on".equals(text);
    }

    /// Leaves a parser early; never leaves this class.
    private static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final Problem problem;

        RefusedException(Problem problem) {
            super(problem.code(), null, false, false);
            this.problem = problem;
        }
    }
}
