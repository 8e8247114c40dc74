package jp.kakunin.load.up;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import jp.kakunin.domain.InsurerNumber;
import org.jspecify.annotations.Nullable;

/// What happens at the sandbox's reception: each event is one that a receipt computer must cope with. One at a time.
final class SandboxDay {
    /// The centre of the sandbox, which can be taken away.
    interface Centre {
        void away() throws IOException, InterruptedException;

        void back() throws IOException, InterruptedException;
    }

    /// What a fresh sandbox starts with.
    private static final List<Event> MORNING = List.of(
            Event.CONFIRMED,
            Event.FAMILY,
            Event.CHILD,
            Event.ELDERLY,
            Event.LATE_ELDERLY,
            Event.BLACK_DOT,
            Event.RARE_LETTER,
            Event.REFUSED,
            Event.NOT_FOUND,
            Event.ATTESTED,
            Event.DEFERRED,
            Event.DOCUMENT,
            Event.TWO_CLINICS);

    private final Tapping tapping;
    private final LocalApi desk;
    private final Centre centre;
    private @Nullable JsonObject document;
    private @Nullable JsonObject deferred;
    private @Nullable JsonObject cardless;
    private String join = "";

    SandboxDay(Tapping tapping, LocalApi desk, Centre centre) {
        this.tapping = tapping;
        this.desk = desk;
        this.centre = centre;
    }

    void morning() throws IOException, InterruptedException {
        for (Event event : MORNING) {
            happens(event);
        }
    }

    /// @return the visits concerned, as the desk shows them
    JsonArray happens(Event event) throws IOException, InterruptedException {
        List<JsonObject> visits = new ArrayList<>();
        switch (event) {
            case CONFIRMED -> visits.add(tap("hanako"));
            case FAMILY -> visits.add(tap("yuki"));
            case CHILD -> visits.add(tap("kodomo"));
            case ELDERLY -> visits.add(tap("korei"));
            case LATE_ELDERLY -> visits.add(tap("sakura"));
            case BLACK_DOT -> visits.add(tap("maru"));
            case RARE_LETTER -> visits.add(tap("yoshi"));
            case REFUSED -> visits.add(tap("jiro"));
            case NOT_FOUND -> visits.add(tap("nobody"));
            case TWO_CLINICS -> visits.add(tapping.tap(card("hanako"), fields().put("also", SandboxFolder.NEIGHBOUR)));
            case WAITING -> {
                centre.away();
                visits.add(tap("machi"));
            }
            case ANSWERED -> centre.back();
            case ATTESTED ->
                visits.add(desk.post(
                        "/api/visits/oral",
                        fields().put("patientName", "見本 再来")
                                .put("reason", "NO_CARD")
                                .put("basis", "own_record")));
            case DEFERRED -> {
                deferred = defer("見本 後日");
                visits.add(deferred);
            }
            case WITHDRAWN -> {
                JsonObject mistaken = deferred == null ? defer("見本 後日") : deferred;
                withdraw(mistaken.getJsonArray("checks").getJsonObject(0).getString("fact"), "MISTAKE");
                deferred = null;
            }
            case DOCUMENT -> {
                document = document();
                visits.add(document);
            }
            case CONTESTED -> {
                JsonObject proved = document == null ? document() : document;
                JsonObject denied = tap("jiro");
                join(denied, proved);
                document = null;
                visits.add(visit(proved));
            }
            case JOINED -> {
                cardless = defer("見本 歩");
                JsonObject card = tap("ayumi");
                join = join(card, cardless);
                visits.add(visit(cardless));
            }
            case SPLIT -> {
                if (cardless == null) {
                    happens(Event.JOINED);
                }
                withdraw(join, "UNDONE");
                visits.add(visit(Objects.requireNonNull(cardless)));
                cardless = null;
            }
        }
        JsonArray told = new JsonArray();
        visits.forEach(told::add);
        return told;
    }

    private JsonObject tap(String person) throws IOException, InterruptedException {
        return tapping.tap(card(person), fields());
    }

    /// Somebody like that person who has not been here today: a second tap of one card would be the same visit.
    private String card(String person) throws IOException, InterruptedException {
        int visits = desk.get("/api/visits").getJsonArray("visits").size();
        return SandboxFolder.card(person, visits % SandboxFolder.ALIKE_MAX);
    }

    private JsonObject defer(String name) throws IOException, InterruptedException {
        return desk.post(
                "/api/visits/deferred", fields().put("patientName", name).put("reason", "NO_CARD"));
    }

    /// Of somebody with a certificate; nobody knows yet that the insurance ended.
    private JsonObject document() throws IOException, InterruptedException {
        return desk.post(
                "/api/visits/document",
                fields().put("patientName", "見本 次郎")
                        .put("document", "ELIGIBILITY_CERTIFICATE")
                        .put("reason", "NO_CARD")
                        .put("insurer", InsurerNumber.ofBody("0113904").digits())
                        .put("symbol", "90040001")
                        .put("number", "77")
                        .put("copayPercent", "30")
                        .put("from", "2018-04-01"));
    }

    private String join(JsonObject a, JsonObject b) throws IOException, InterruptedException {
        return desk.post("/api/joins", fields().put("a", a.getString("patient")).put("b", b.getString("patient")))
                .getString("fact");
    }

    private void withdraw(String fact, String reason) throws IOException, InterruptedException {
        desk.post("/api/withdrawals", fields().put("fact", fact).put("reason", reason));
    }

    private JsonObject visit(JsonObject known) throws IOException, InterruptedException {
        return tapping.visit(known.getString("visit"));
    }

    private static JsonObject fields() {
        return new JsonObject().put("clinic", SandboxFolder.CLINIC);
    }

    /// By the names that `./kakunin sandbox event` takes.
    enum Event {
        CONFIRMED("有効 with address"),
        FAMILY("a family member: the insured person has another name"),
        CHILD("a child that does not go to school yet"),
        ELDERLY("aged 70 to 74, with elderlyPercent"),
        LATE_ELDERLY("後期高齢者: a number, no symbol"),
        BLACK_DOT("● in the name: the authority could not write it (lettersMissing)"),
        RARE_LETTER("𠮷 in the name: JSON and UTF-8 have it, windows-31j does not"),
        REFUSED("invalid: the coverage ended"),
        NOT_FOUND("a card the authority does not know"),
        ATTESTED("a repeat visit, confirmed orally"),
        DEFERRED("a first visit without a card"),
        WITHDRAWN("that deferral was a mistake: the visit is gone"),
        DOCUMENT("confirmed by a certificate"),
        CONTESTED("the visit confirmed by a certificate: the authority says no afterwards"),
        JOINED("a visit without a card, and the card later: one person"),
        SPLIT("they were two after all"),
        TWO_CLINICS("one tap for both clinics of the site"),
        WAITING("the centre is away: recorded, not answered"),
        ANSWERED("the centre is back, and answers what waits");

        final String text;

        Event(String text) {
            this.text = text;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
