package jp.kakunin.codec;

import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import jp.kakunin.domain.Fact;
import jp.kakunin.exchange.Export;
import jp.kakunin.exchange.Reply;
import jp.kakunin.exchange.Request;
import jp.kakunin.journal.ClosedMonth;
import jp.kakunin.journal.Head;
import jp.kakunin.journal.JournalBlock;
import jp.kakunin.journal.StreamState;
import jp.kakunin.journal.Summary;

/// A value, and how it goes to bytes and comes back.
record GoldenSample<T>(String name, T value, Function<T, byte[]> encoder, Function<byte[], T> decoder) {
    static final List<GoldenSample<?>> ALL = Stream.of(
                    GoldenFacts.ALL.entrySet().stream().map(named -> fact(named.getKey(), named.getValue())),
                    GoldenFrames.REQUESTS.entrySet().stream().map(named -> request(named.getKey(), named.getValue())),
                    GoldenFrames.REPLIES.entrySet().stream().map(named -> reply(named.getKey(), named.getValue())),
                    journal(),
                    GoldenEdgeStore.samples())
            .<GoldenSample<?>>flatMap(samples -> samples)
            .toList();

    GoldenFile file() {
        return GoldenFile.named(name);
    }

    byte[] encoded() {
        return encoder.apply(value);
    }

    T decode(byte[] bytes) {
        return decoder.apply(bytes);
    }

    @Override
    public String toString() {
        return name;
    }

    /// The simple names of all records inside a value, its own included.
    static Stream<String> kindsIn(Object value) {
        return switch (value) {
            case Collection<?> many -> many.stream().flatMap(GoldenSample::kindsIn);
            case Record one ->
                Stream.concat(
                        Stream.of(one.getClass().getSimpleName()),
                        Stream.of(one.getClass().getRecordComponents())
                                .flatMap(component -> Stream.ofNullable(read(one, component)))
                                .flatMap(GoldenSample::kindsIn));
            default -> Stream.of();
        };
    }

    private static Object read(Record value, RecordComponent component) {
        try {
            return component.getAccessor().invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private static GoldenSample<Fact> fact(String name, Fact fact) {
        return new GoldenSample<>("fact-" + name, fact, FactCodec::encode, bytes -> known(FactCodec.decode(bytes)));
    }

    private static Fact known(Decoded decoded) {
        return switch (decoded) {
            case Decoded.Known(Fact fact) -> fact;
            case Decoded.Unreadable(var reason) -> throw new AssertionError(reason);
        };
    }

    private static GoldenSample<Request> request(String name, Request request) {
        return new GoldenSample<>("request-" + name, request, ExchangeCodec::encode, ExchangeCodec::decodeRequest);
    }

    private static GoldenSample<Reply> reply(String name, Reply reply) {
        return new GoldenSample<>("reply-" + name, reply, ExchangeCodec::encode, ExchangeCodec::decodeReply);
    }

    private static Stream<GoldenSample<?>> journal() {
        return Stream.of(
                new GoldenSample<Head>(
                        "journal-head", GoldenJournal.HEAD, JournalCodec::encode, JournalCodec::decodeHead),
                new GoldenSample<JournalBlock>(
                        "journal-block", GoldenJournal.BLOCK, JournalCodec::encode, JournalCodec::decodeBlock),
                new GoldenSample<StreamState>(
                        "journal-stream-state",
                        GoldenJournal.STREAM_STATE,
                        JournalCodec::encode,
                        JournalCodec::decodeStreamState),
                new GoldenSample<Summary>(
                        "journal-summary", GoldenJournal.SUMMARY, JournalCodec::encode, JournalCodec::decodeSummary),
                new GoldenSample<ClosedMonth>(
                        "journal-closed-month",
                        GoldenJournal.CLOSED_MONTH,
                        JournalCodec::encode,
                        JournalCodec::decodeClosedMonth),
                new GoldenSample<Export>("export", GoldenFrames.EXPORT, ExportFile::encode, ExportFile::decode),
                new GoldenSample<CardAttachment>(
                        "attachment", GoldenFacts.ATTACHMENT, AttachmentCodec::encode, AttachmentCodec::decode));
    }
}
