package jp.kakunin.edge.desk;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.Standing;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.edge.exchange.ConnectionState;
import jp.kakunin.edge.exchange.EdgeStatus;
import jp.kakunin.edge.reader.ReaderStatus;
import jp.kakunin.edge.store.StoreCondition;
import jp.kakunin.exchange.Refusal;

/// What the main page shows: status bar, tap panel, visits of a day.
final class Desk {
    /// First visits by name that are offered after a tap; the join page has them all.
    static final int CANDIDATES_MAX = 5;

    private final Reception reception;

    Desk(Reception reception) {
        this.reception = reception;
    }

    CompletableFuture<Map<String, Object>> model(Clinic of, LocalDate date, Texts texts) {
        InstitutionCode clinic = of.code();
        CompletableFuture<String> also = also(texts);
        return reception
                .book(clinic, date)
                .thenCombine(tap(of, texts), (book, tap) -> {
                    List<DeskVisit> visits = book.on(date);
                    List<VisitRow> rows = visits.stream()
                            .map(visit -> VisitRow.of(visit, visits, book.remarks(), texts))
                            .toList();
                    LocalDate today = reception.today();
                    Map<String, Object> model = new HashMap<>(status(texts));
                    model.put("tap", tap);
                    List<NotTaken> notTaken = NotTaken.of(book, visits, texts);
                    model.put(
                            "notTaken",
                            notTaken.stream().limit(NotTaken.SHOWN_MAX).toList());
                    model.put("notTakenText", texts.text("record.not_taken", notTaken.size()));
                    model.put("rows", rows);
                    model.put("date", date.toString());
                    model.put("dateText", texts.date(date));
                    model.put("isToday", date.equals(today));
                    model.put("today", today.toString());
                    model.put("todayText", texts.date(today));
                    model.put("previous", date.minusDays(1).toString());
                    model.put("following", date.plusDays(1).toString());
                    model.put("otherClinics", otherClinics(clinic));
                    model.putAll(takeBack());
                    return model;
                })
                .thenCombine(also, (model, text) -> {
                    model.put("tapAlso", text);
                    return model;
                });
    }

    /// What the tap on the panel recorded, to be taken back: of two clinics both.
    private Map<String, Object> takeBack() {
        Tap tap = reception.tapDesk().tap();
        Tap.Also also = tap instanceof Tap.Recorded recorded ? recorded.also() : null;
        return Map.of(
                "tapFact",
                tap instanceof Tap.Recorded recorded ? recorded.fact().toString() : "",
                "tapAlsoClinic",
                also == null ? "" : also.clinic().digits(),
                "tapAlsoFact",
                also == null ? "" : also.fact().toString());
    }

    private List<Choice> otherClinics(InstitutionCode clinic) {
        return reception.offered().stream()
                .filter(each -> !each.code().equals(clinic))
                .map(each -> new Choice(each.code().digits(), each.name(), false))
                .toList();
    }

    /// What the tap on the panel came to at the other clinic; each clinic is judged by itself.
    private CompletableFuture<String> also(Texts texts) {
        if (!(reception.tapDesk().tap() instanceof Tap.Recorded recorded) || recorded.also() == null) {
            return CompletableFuture.completedFuture("");
        }
        Tap.Also also = recorded.also();
        String name = reception.clinics().stream()
                .filter(each -> each.code().equals(also.clinic()))
                .map(Clinic::name)
                .findFirst()
                .orElse("");
        return reception
                .book(also.clinic(), recorded.month().due())
                .thenApply(book -> book.visit(also.visit())
                        .map(visit -> texts.text("tap.also", name, texts.text(VisitRow.standingKey(visit))))
                        .orElse(""));
    }

    Map<String, Object> status(Texts texts) {
        EdgeStatus status = reception.edge().status();
        ReaderStatus reader = reception.reader();
        long unsent =
                status.unsent().values().stream().mapToLong(Integer::longValue).sum();
        boolean connected = status.connection() instanceof ConnectionState.Connected;
        String line = lineKey(status.connection());
        Map<String, Object> model = new HashMap<>();
        model.put("readerText", texts.text("status.reader", reader.state()));
        model.put(
                "readerGood",
                reader.state().name().equals("EMPTY") || reader.state().name().equals("CARD"));
        model.put("readerCode", reader.state().code());
        model.put("readerName", reader.reader() == null ? "" : reader.reader());
        model.put("readerHelp", reader.reader() == null ? "" : texts.text("status.extended", reader.extended()));
        model.put("lineText", texts.text("line." + line));
        model.put("lineGood", connected);
        model.put("mayActivateAgain", mayActivateAgain(status.connection()));
        Advice advice = Advice.of(status.connection());
        model.put("lineHelp", advice == null ? "" : texts.text(advice.supplierKey()));
        model.put("lineCode", advice == null ? "" : advice.code());
        model.put("unsent", unsent);
        model.putAll(outage(unsent, texts));
        model.put("canBeCarried", unsent > 0 && !connected);
        model.put(
                "unsentText",
                unsent == 0
                        ? texts.text("status.unsent.none")
                        : texts.text(connected ? "status.unsent.sending" : "status.unsent.some", unsent));
        model.put("storeText", status.store() == StoreCondition.HEALTHY ? "" : texts.text("store", status.store()));
        model.put("tooLate", LateMonth.of(status.tooLate(), texts));
        model.put("runsTwice", status.runsTwice());
        model.put("outdated", status.outdated());
        model.put("clockDoubtful", status.clockDoubtful());
        model.put("clockCode", Advice.CLOCK_DOUBTFUL.code());
        return model;
    }

    private Map<String, Object> outage(long unsent, Texts texts) {
        Outage outage = reception.outage();
        if (!outage.isWorry()) {
            return Map.of("outage", "", "outageText", "", "outageHelp", "", "outageUnsent", "");
        }
        String since = texts.date(TreatmentMonth.dateAt(outage.since())) + " " + texts.time(outage.since());
        return Map.of(
                "outage",
                outage.stage().name().toLowerCase(Locale.ROOT),
                "outageText",
                texts.text("outage.since", since, outage.age().toHours()),
                "outageHelp",
                texts.text("outage", outage.stage()),
                "outageUnsent",
                unsent == 0 ? "" : texts.text("outage.unsent", unsent));
    }

    /// Where nothing else helps: the certificate has ended, or the hub does not take this device for its own.
    static boolean mayActivateAgain(ConnectionState connection) {
        return switch (connection) {
            case ConnectionState.Connected _ -> false;
            case ConnectionState.Offline offline -> offline.cause() == ConnectionState.Cause.EXPIRED;
            case ConnectionState.Refused refused ->
                refused.refusal() == Refusal.DEVICE_UNKNOWN || refused.refusal() == Refusal.DEVICE_REVOKED;
        };
    }

    static String lineKey(ConnectionState connection) {
        return switch (connection) {
            case ConnectionState.Connected _ -> "connected";
            case ConnectionState.Offline offline -> offline.cause().name().toLowerCase(Locale.ROOT);
            case ConnectionState.Refused refused -> refused.refusal() == Refusal.DEVICE_UNKNOWN ? "unknown" : "refused";
        };
    }

    private CompletableFuture<TapView> tap(Clinic clinic, Texts texts) {
        if (reception.hasEnded(clinic)) {
            return CompletableFuture.completedFuture(TapView.ended(clinic, texts));
        }
        Tap tap = reception.tapDesk().tap();
        TapView bare = TapView.of(tap, reception.reader().state(), reception.today(), texts);
        if (!(tap instanceof Tap.Recorded recorded)) {
            return CompletableFuture.completedFuture(bare);
        }
        return reception
                .book(recorded.clinic(), recorded.month().due())
                .thenApply(book -> book.visit(recorded.visit())
                        .map(visit -> TapView.of(
                                recorded,
                                visit,
                                candidates(book, visit, texts),
                                VisitDetail.of(visit, book.remarks(), texts),
                                texts))
                        .orElse(bare));
    }

    /// Offered only where the panel's promise may hold: who says no to this card confirms no earlier visit with it.
    /// The join page joins whom the staff know to be one person, whatever the answer.
    private static List<TapView.Candidate> candidates(Book book, DeskVisit visit, Texts texts) {
        if (!(visit.judged().standing() instanceof Standing.Confirmed)
                && !(visit.judged().standing() instanceof Standing.Waiting)) {
            return List.of();
        }
        return book.patients().stream()
                .filter(KnownPatient::isToBeJoined)
                .filter(patient -> !visit.person().contains(patient.patient()))
                .limit(CANDIDATES_MAX)
                .map(patient -> new TapView.Candidate(
                        patient.patient().toString(),
                        texts.text(
                                "tap.join.go",
                                String.valueOf(patient.name()),
                                texts.date(patient.deferred() == null ? patient.lastSeen() : patient.deferred()))))
                .toList();
    }
}
