package jp.kakunin.hub.export;

import static jp.kakunin.hub.testing.Sample.CLINIC;
import static jp.kakunin.hub.testing.Sample.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import jp.kakunin.domain.Fact;
import jp.kakunin.exchange.Backlog;
import jp.kakunin.exchange.Batch;
import jp.kakunin.exchange.Export;
import jp.kakunin.exchange.Reply;
import jp.kakunin.exchange.StreamPosition;
import jp.kakunin.hub.testing.Steps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StreamIntakeTest {
    private static final int FACTS = 4_000;

    @TempDir
    private Path folder;

    /// Each is told by a RESUME what the other brought: that was once other records under the number of the file.
    @Test
    void two_imports_of_a_file_at_once_both_end_with_all_of_it() throws Exception {
        ExportBench bench = new ExportBench(folder);
        Export.Stream stream = ExportBench.stream(
                CLINIC,
                bench.sample.references(bench.sample.ids.patient(), FACTS).toArray(Fact[]::new));
        Export export = new Export(bench.sample.ids.epoch(), bench.sample.ids.instance(), NOW, List.of(stream));

        CompletableFuture<StreamTaken> one = take(bench, export);
        CompletableFuture<StreamTaken> other = take(bench, export);
        bench.steps.settle();

        assertThat(one.join().stopped()).isNull();
        assertThat(other.join().stopped()).isNull();
        assertThat(one.join().tally().sum()).isEqualTo(FACTS);
        assertThat(other.join().tally().sum()).isEqualTo(FACTS);
        assertThat(one.join().now() + other.join().now()).isEqualTo(FACTS);
    }

    @Test
    void an_answer_that_makes_no_sense_fails_the_import() throws Exception {
        ExportBench bench = new ExportBench(folder);
        Batch batchless =
                new Batch(CLINIC, bench.sample.ids.epoch(), StreamPosition.START, List.of(), false, Backlog.NONE);
        CompletableFuture<Reply> reply = bench.exchange.carried(bench.device, bench.sample.ids.instance(), batchless);
        bench.steps.settle();
        Reply pushed = reply.join();
        Reply senseless =
                new Reply(pushed.incarnation(), pushed.hubTime(), pushed.policy(), new Reply.Pushed(List.of()));

        CompletableFuture<StreamTaken> taken = StreamIntake.take(
                ExportBench.stream(CLINIC),
                bench.sample.ids.epoch(),
                _ -> CompletableFuture.completedFuture(senseless),
                new Steps(NOW));

        assertThat(taken).isCompletedExceptionally();
    }

    private static CompletableFuture<StreamTaken> take(ExportBench bench, Export export) {
        return StreamIntake.take(
                export.streams().getFirst(),
                export.epoch(),
                batch -> bench.exchange.carried(bench.device, export.instance(), batch),
                bench.steps);
    }
}
