package jp.kakunin.codec;

import java.time.DateTimeException;
import jp.kakunin.avro.ReplyRecord;
import jp.kakunin.avro.RequestRecord;
import jp.kakunin.exchange.Limits;
import jp.kakunin.exchange.Reply;
import jp.kakunin.exchange.Request;

/// Requests and replies of `POST /v1/exchange` as bodies: plain Avro binary, its schema named by the content type.
public final class ExchangeCodec {
    public static final String CONTENT_TYPE = "application/vnd.kakunin.exchange.v1+avro";

    /// Array items in one frame, all lists together: room for a batch over the limits to be refused by name, not
    /// more.
    static final int FRAME_ITEMS_MAX = 10_000;

    private static final RecordForm<RequestRecord> REQUEST = new RecordForm<>(RequestRecord.getClassSchema());
    private static final RecordForm<ReplyRecord> REPLY = new RecordForm<>(ReplyRecord.getClassSchema());

    private ExchangeCodec() {}

    /// @throws IllegalArgumentException if it would be over [Limits#FRAME_BYTES_MAX]: put less into it
    public static byte[] encode(Request request) {
        return bounded(REQUEST.plain(RequestRecords.record(request)));
    }

    /// @throws IllegalArgumentException if it would be over [Limits#FRAME_BYTES_MAX]: put less into it
    public static byte[] encode(Reply reply) {
        return bounded(REPLY.plain(ReplyRecords.record(reply)));
    }

    public static Request decodeRequest(byte[] body) throws MalformedFrameException {
        refuseTooLong(body);
        try {
            return RequestRecords.request(REQUEST.fromPlain(body, FRAME_ITEMS_MAX));
        } catch (IllegalArgumentException | DateTimeException | IllegalStateException e) {
            throw brokenRule("request", e);
        }
    }

    public static Reply decodeReply(byte[] body) throws MalformedFrameException {
        refuseTooLong(body);
        try {
            return ReplyRecords.reply(REPLY.fromPlain(body, FRAME_ITEMS_MAX));
        } catch (IllegalArgumentException | DateTimeException | IllegalStateException e) {
            throw brokenRule("reply", e);
        }
    }

    private static byte[] bounded(byte[] body) {
        if (body.length > Limits.FRAME_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a frame may have " + Limits.FRAME_BYTES_MAX + " bytes, this one has " + body.length);
        }
        return body;
    }

    private static void refuseTooLong(byte[] body) {
        if (body.length > Limits.FRAME_BYTES_MAX) {
            throw new MalformedFrameException(
                    "a frame may have " + Limits.FRAME_BYTES_MAX + " bytes, this one has " + body.length);
        }
    }

    /// The rules of the domain name themselves in their messages and quote nothing.
    private static MalformedFrameException brokenRule(String frame, RuntimeException broken) {
        return new MalformedFrameException("the " + frame + " breaks a rule: " + broken.getMessage());
    }
}
