package jp.kakunin.hub.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.TrustOptions;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import jp.kakunin.hub.activation.Activation;
import jp.kakunin.hub.authority.AuthorityHealth;
import jp.kakunin.hub.fleet.FileDeviceDirectory;
import jp.kakunin.hub.history.MonthHistory;
import jp.kakunin.hub.pki.CertificateAuthority;
import jp.kakunin.hub.pki.TicketKeys;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The port the devices come to: HTTP/2 (and 1.1) over TLS 1.3. Whoever has no certificate of the hub's CA can be
/// activated here and nothing else.
public final class ExchangeServer {
    private static final Logger LOG = LoggerFactory.getLogger(ExchangeServer.class);
    /// Enough for a commit under way; parked waits are cut off after it.
    private static final int CLOSE_MILLIS = 500;

    /// The development CA's server certificate names this machine alone, so nobody else could use the port.
    private static final String LOOPBACK = "127.0.0.1";

    private static final String CLINICS = "/v1/clinics/";

    private final HttpServer server;
    private final ExchangeEndpoint exchange;
    private final VisitsEndpoint visits;
    private final ActivationEndpoint activation;
    private final StatusEndpoint status;

    public ExchangeServer(
            Vertx vertx,
            CertificateAuthority ca,
            TicketKeys tickets,
            HttpLimits limits,
            FileDeviceDirectory devices,
            ExchangeHandler handler,
            MonthHistory history,
            Activation activation,
            Executor activator,
            AuthorityHealth authority,
            InstantSource clock,
            int filingDay) {
        var callers = new Callers(devices, clock);
        this.exchange = new ExchangeEndpoint(
                vertx, callers, new Bodies(limits.bodyBytesMax(), limits.bodiesBytesMax()), handler);
        this.visits = new VisitsEndpoint(vertx, callers, devices, history, clock, filingDay);
        this.activation = new ActivationEndpoint(activation, callers, activator);
        this.status = new StatusEndpoint(callers, devices, authority, clock);
        var strangers = new Strangers(vertx);
        this.server = vertx.createHttpServer(options(ca, tickets, limits))
                .connectionHandler(strangers::connected)
                .requestHandler(this::handle);
    }

    /// Opens the port; the future holds the number, which differs from the wanted one only when that was 0.
    public Future<Integer> listen(int port) {
        return server.listen(port, LOOPBACK).map(HttpServer::actualPort);
    }

    public Future<Void> close() {
        return server.shutdown(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void handle(HttpServerRequest request) {
        Future<Buffer> answer;
        try {
            answer = route(request);
        } catch (RuntimeException e) {
            answer = Future.failedFuture(e);
        }
        answer.onSuccess(body -> send(request, body)).onFailure(cause -> fail(request, cause));
    }

    private Future<Buffer> route(HttpServerRequest request) {
        String path = request.path();
        if (ExchangeEndpoint.PATH.equals(path)) {
            return exchange.handle(request);
        }
        if (ActivationEndpoint.ACTIVATION.equals(path)) {
            return activation.activate(request);
        }
        if (ActivationEndpoint.RENEWAL.equals(path)) {
            return activation.renew(request);
        }
        if (StatusEndpoint.PATH.equals(path)) {
            return status.handle(request);
        }
        if (path != null && path.startsWith(CLINICS)) {
            return visits.handle(request, path.substring(CLINICS.length()));
        }
        throw new Rejection(new Problem(404, Problem.Code.NOT_FOUND, "There is nothing at this address."));
    }

    private static void send(HttpServerRequest request, Buffer body) {
        var response = request.response();
        if (!response.ended() && !response.closed()) {
            response.putHeader("cache-control", "no-store").end(body);
        }
    }

    /// A cancellation or a closed response means that the device is gone: there is nobody to tell.
    private static void fail(HttpServerRequest request, Throwable cause) {
        if (cause instanceof Rejection rejection) {
            rejection.problem().send(request.response());
        } else if (cause instanceof RejectedExecutionException) {
            Problem.busy().send(request.response());
        } else if (!(cause instanceof CancellationException)
                && !request.response().closed()) {
            LOG.error("a request failed", cause);
            Problem.internal().send(request.response());
        }
    }

    private static HttpServerOptions options(CertificateAuthority ca, TicketKeys tickets, HttpLimits limits) {
        var options = new HttpServerOptions()
                .setSsl(true)
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
                .setClientAuth(ClientAuth.REQUEST)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .addKeyValue(Buffer.buffer(ca.server().keyPem()))
                        .addCertValue(Buffer.buffer(ca.server().certificatePem())))
                .setTrustOptions(TrustOptions.wrap(new DeviceTrust(ca.certificate())))
                .setUseAlpn(true)
                .setAlpnVersions(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1))
                .setInitialSettings(new Http2Settings().setMaxConcurrentStreams(limits.streamsMax()))
                .setAcceptBacklog(limits.acceptBacklogMax())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout(Math.toIntExact(limits.idle().toMillis()))
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setSslHandshakeTimeout(limits.handshake().toMillis());
        if (OpenSSLEngineOptions.isAvailable()) {
            options.setSslEngineOptions(new ResumingTls(tickets));
        }
        return options;
    }
}
