package jp.kakunin.hub.authority;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jp.kakunin.domain.Fact.EvidenceFlaw;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.hub.authority.AuthorityResult.Cause;
import org.jspecify.annotations.Nullable;

/// An authority that is asked over HTTP in the messages of the full online-eligibility system. What it is asked stands
/// in the body alone: addresses end up in logs.
public final class OqsAuthority implements Authority {
    static final Duration CONNECT_MAX = Duration.ofSeconds(5);

    /// Shorter than the asker's patience, so that the connection is given up, too.
    static final Duration REPLY_MAX = Duration.ofSeconds(20);

    private final URI url;
    private final Set<Capability> capabilities;
    private final PrivateKey attachmentKey;
    private final InstantSource clock;
    private final Duration replyMax;

    // Follows no redirect: card evidence goes where the operator said and nowhere else.
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_MAX)
            .build();

    /// @param attachmentKey the X25519 key to whose public half edges seal their card evidence
    /// @param capabilities what this authority can be asked; no message tells
    public OqsAuthority(URI url, Set<Capability> capabilities, PrivateKey attachmentKey, InstantSource clock) {
        this(url, capabilities, attachmentKey, clock, REPLY_MAX);
    }

    public OqsAuthority(
            URI url, Set<Capability> capabilities, PrivateKey attachmentKey, InstantSource clock, Duration replyMax) {
        this.url = url;
        this.capabilities = Set.copyOf(capabilities);
        this.attachmentKey = attachmentKey;
        this.clock = clock;
        this.replyMax = replyMax;
    }

    @Override
    public Set<Capability> capabilities() {
        return capabilities.isEmpty() ? Set.of() : EnumSet.copyOf(capabilities);
    }

    @Override
    public CompletableFuture<AuthorityResult> ask(Inquiry inquiry) {
        if (!isCapable(inquiry)) {
            return done(new AuthorityResult.NoAnswer(Cause.NOT_CAPABLE));
        }
        byte[] question;
        try {
            question = switch (inquiry) {
                case Inquiry.ByNumber byNumber -> OqsQuestion.byNumber(byNumber);
                case Inquiry.ByCard byCard -> OqsQuestion.byCard(byCard, CardInHand.open(attachmentKey, byCard));
            };
        } catch (CardInHand.UnusableException e) {
            return done(e.result());
        } catch (CertificateEncodingException _) {
            return done(new AuthorityResult.Unusable(EvidenceFlaw.NOT_A_CERTIFICATE));
        }
        return send(question, inquiry);
    }

    private boolean isCapable(Inquiry inquiry) {
        if (inquiry instanceof Inquiry.ByNumber) {
            return capabilities.contains(Capability.ASK_BY_NUMBER);
        }
        boolean ofToday = inquiry.asOf().equals(TreatmentMonth.dateAt(clock.instant()));
        return capabilities.contains(Capability.ASK_CAPTURED) || (ofToday && capabilities.contains(Capability.ASK_NOW));
    }

    private CompletableFuture<AuthorityResult> send(byte[] question, Inquiry inquiry) {
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(replyMax)
                .header("content-type", "application/xml")
                .POST(HttpRequest.BodyPublishers.ofByteArray(question))
                .build();
        CompletableFuture<HttpResponse<byte[]>> sending = client.sendAsync(
                request,
                HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), OqsXml.MESSAGE_BYTES_MAX));
        // The client's own limit ends with the headers; a body that trickles is given up by this one.
        return sending.copy()
                .orTimeout(replyMax.toMillis(), TimeUnit.MILLISECONDS)
                .handle((response, failure) -> {
                    if (response != null) {
                        return result(response, inquiry);
                    }
                    sending.cancel(true);
                    return new AuthorityResult.NoAnswer(cause(failure));
                });
    }

    private AuthorityResult result(HttpResponse<byte[]> response, Inquiry inquiry) {
        return switch (response.statusCode()) {
            case 200 -> OqsReply.read(response.body(), inquiry, clock.instant());
            case 429, 503 -> new AuthorityResult.NoAnswer(Cause.BUSY, retryAfter(response));
            default -> new AuthorityResult.NoAnswer(Cause.ABNORMAL);
        };
    }

    private static @Nullable Duration retryAfter(HttpResponse<byte[]> response) {
        return response.headers()
                .firstValue("retry-after")
                .filter(text -> text.matches("[0-9]{1,6}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .orElse(null);
    }

    private static Cause cause(@Nullable Throwable failure) {
        Throwable inner = failure instanceof CompletionException ? failure.getCause() : failure;
        return inner instanceof TimeoutException || inner instanceof HttpTimeoutException
                ? Cause.TIMED_OUT
                : Cause.UNREACHABLE;
    }

    private static CompletableFuture<AuthorityResult> done(AuthorityResult result) {
        return CompletableFuture.completedFuture(result);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
