package jp.kakunin.edge.desk;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import java.util.function.BooleanSupplier;
import jp.kakunin.edge.door.Door;
import jp.kakunin.edge.door.Lan;
import jp.kakunin.edge.door.Tablet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stands before every route that is added after it: a route is closed to the unpaired and while the desk is locked
/// unless it stands before this gate, or is named here.
final class DoorGate {
    /// What a page asks by itself is no use of the desk.
    static final String FOLLOWS = "Kakunin-Follows";

    /// They show and take nothing of a patient: what the export writes is sealed.
    static final Set<String> API_WHILE_LOCKED = Set.of("/api/status", "/api/export", "/api/stop");

    private static final Logger LOG = LoggerFactory.getLogger(DoorGate.class);
    private static final String TABLET = "tablet";
    private static final String LET_IN = "let-in";

    private final Door door;
    private final @Nullable Lan lan;
    private final DoorScreens screens;

    DoorGate(Door door, @Nullable Lan lan, DoorScreens screens) {
        this.door = door;
        this.lan = lan;
        this.screens = screens;
    }

    void admitHost(RoutingContext context) {
        HttpServerRequest request = context.request();
        Guard.harden(context.response());
        boolean isForUs = request.isSSL()
                ? lan != null && lan.address().isAskedFor(request.getHeader("Host"))
                : Guard.isForUs(request);
        if (isForUs) {
            context.next();
        } else {
            context.response()
                    .setStatusCode(403)
                    .end(Problem.WRONG_HOST.code() + " " + Texts.in(Language.EN).text(Problem.WRONG_HOST.staffKey())
                            + "\n");
        }
    }

    void admitPaired(RoutingContext context) {
        Tablet tablet = tablet(context.request());
        if (tablet != null) {
            context.put(TABLET, tablet.id());
            context.next();
        } else if ("GET".equals(context.request().method().name())) {
            context.response().setStatusCode(303).putHeader("Location", "/pair").end();
        } else {
            Bodies.hangUpAfter(context);
            screens.pair(context, 403, ProblemView.of(Problem.NOT_PAIRED, DoorScreens.texts(context)));
        }
    }

    void admitUnlocked(RoutingContext context) {
        HttpServerRequest request = context.request();
        // As the router understands it, whatever way round it was written.
        String path = context.normalizedPath();
        boolean used = request.getHeader(FOLLOWS) == null && !path.equals("/events");
        if (!request.isSSL() && path.startsWith("/receipt/")) {
            letInto(context, () -> true); // programs with a key of their own
        } else if (!request.isSSL() && path.startsWith("/api/")) {
            if (API_WHILE_LOCKED.contains(path) || door.isOpenAtPc()) {
                letInto(context, () -> true);
            } else {
                Bodies.hangUpAfter(context);
                LocalApi.refuse(context, 423, Problem.LOCKED);
            }
        } else if (door.admits(DeskCookies.read(request, DeskCookies.UNLOCKED), used)) {
            letInto(context, stays(context));
        } else {
            screens.locked(context);
        }
    }

    private static void letInto(RoutingContext context, BooleanSupplier stays) {
        context.put(LET_IN, stays);
        context.next();
    }

    /// For a form, whose end may come long after its beginning.
    static boolean isStillIn(RoutingContext context) {
        @Nullable BooleanSupplier stays = context.get(LET_IN);
        return stays != null && stays.getAsBoolean();
    }

    /// What no route takes, such as an address that is no path, fails before any gate was asked.
    static boolean letIn(RoutingContext context) {
        return context.get(LET_IN) != null;
    }

    /// Says nothing: neither the host nor who asks may have been looked at.
    static void failOutside(RoutingContext context) {
        Throwable failure = context.failure();
        if (failure != null) {
            LOG.atWarn().addKeyValue("failure", failure.getClass().getName()).log("a request failed before the door");
        }
        if (!context.response().ended()) {
            Guard.harden(context.response());
            context.response()
                    .setStatusCode(context.statusCode() < 400 ? 500 : context.statusCode())
                    .end();
        }
    }

    /// Whether who was let in would be let in now; for streams that stay open.
    BooleanSupplier stays(RoutingContext context) {
        String unlocked = DeskCookies.read(context.request(), DeskCookies.UNLOCKED);
        String paired = context.request().isSSL() ? DeskCookies.read(context.request(), DeskCookies.PAIRED) : null;
        return () ->
                (paired == null || lan != null && lan.tablets().find(paired) != null) && door.admits(unlocked, false);
    }

    @Nullable
    Tablet tablet(HttpServerRequest request) {
        return lan == null ? null : lan.tablets().find(DeskCookies.read(request, DeskCookies.PAIRED));
    }

    static String place(RoutingContext context) {
        String tablet = context.get(TABLET);
        return tablet == null ? Door.PC : tablet;
    }
}
