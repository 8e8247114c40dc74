package jp.kakunin.edge.desk;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Answers a request with the files of a sealed export as one ZIP, made while it is read. One that could not be
/// finished
/// is broken off, so that nobody takes a part for the whole.
final class ExportZip implements SealedFiles {
    private final RoutingContext routing;
    private final Context context;
    private final String name;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final ZipOutputStream zip = new ZipOutputStream(bytes);
    private boolean begun;

    private ExportZip(RoutingContext routing, String name) {
        this.routing = routing;
        this.context = routing.vertx().getOrCreateContext();
        this.name = name;
        // What is sealed cannot be made smaller.
        zip.setLevel(Deflater.NO_COMPRESSION);
    }

    /// @param name of the ZIP
    /// @param refused answers when there is no file
    static void answer(RoutingContext routing, EdgeFacts edge, String name, Consumer<Problem> refused) {
        ExportZip answer = new ExportZip(routing, name);
        Future.fromCompletionStage(edge.export(answer), answer.context)
                .onSuccess(outcome -> {
                    switch (outcome) {
                        case Outcome.Done<Exportable> _ -> answer.end();
                        case Outcome.Refused<Exportable>(Problem problem) -> answer.breakOff(problem, refused);
                    }
                })
                .onFailure(failure -> {
                    if (answer.begun) {
                        answer.hangUp();
                    } else {
                        routing.fail(failure);
                    }
                });
    }

    @Override
    public CompletionStage<Void> take(String file, byte[] sealed) {
        Promise<Void> written = Promise.promise();
        context.runOnContext(_ -> {
            if (!begun) {
                begun = true;
                routing.response()
                        .setChunked(true)
                        .putHeader("Content-Type", "application/zip")
                        .putHeader("Content-Disposition", "attachment; filename=\"" + name + "\"");
            }
            write(file, sealed).onComplete(written);
        });
        return written.future().toCompletionStage();
    }

    private Future<Void> write(String file, byte[] sealed) {
        try {
            zip.putNextEntry(new ZipEntry(file));
            zip.write(sealed);
            zip.closeEntry();
            return routing.response().write(taken());
        } catch (IOException e) {
            throw new UncheckedIOException("only memory is written to", e);
        }
    }

    private Buffer taken() {
        Buffer taken = Buffer.buffer(bytes.toByteArray());
        bytes.reset();
        return taken;
    }

    private void end() {
        try {
            zip.finish();
        } catch (IOException e) {
            throw new UncheckedIOException("only memory is written to", e);
        }
        HttpServerResponse response = routing.response();
        if (!response.closed()) {
            response.end(taken());
        }
    }

    private void breakOff(Problem problem, Consumer<Problem> refused) {
        if (begun) {
            hangUp();
        } else {
            refused.accept(problem);
        }
    }

    private void hangUp() {
        routing.request().connection().close();
    }
}
