package jp.kakunin.load.micro;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import jp.kakunin.codec.Decoded;
import jp.kakunin.exchange.StreamPosition;
import jp.kakunin.keys.SealingKey;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

final class BenchmarksTest {
    private static final String PLAIN = ".plain";

    @Test
    void each_benchmark_has_a_plain_operation_beside_it() {
        Set<String> names = BenchmarkList.defaultList()
                .getAll(OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT), List.of())
                .stream()
                .map(entry -> entry.getUsername())
                .collect(Collectors.toSet());

        assertThat(names).hasSizeGreaterThan(8);
        assertThat(names).allMatch(name -> names.contains(name.substring(0, name.lastIndexOf('.')) + PLAIN));
    }

    @Test
    void facts_are_known_again_and_rows_open_again() throws Exception {
        CodecBenchmark codec = new CodecBenchmark();
        SealBenchmark seal = new SealBenchmark();

        assertThat(codec.decode()).isInstanceOf(Decoded.Known.class);
        assertThat(codec.encode()).hasSizeGreaterThan(250);
        assertThat(codec.plain()).hasSizeGreaterThan(250);
        byte[] row = Sample.encoded(Sample.FACTS).get(1);
        assertThat(seal.seal()).hasSize(row.length + SealingKey.OVERHEAD_BYTES);
        assertThat(seal.plain()).isPositive();
        assertThat(new SealBenchmark().unseal()).isEqualTo(row);
    }

    @Test
    void a_month_is_judged_visit_by_visit_and_the_chain_moves_on() {
        FoldBenchmark fold = new FoldBenchmark();
        fold.visits = 4;
        fold.make();

        assertThat(fold.judge()).hasSize(4);
        assertThat(fold.summary()).hasSizeGreaterThan(1_000);
        assertThat(fold.plain()).hasSizeGreaterThan(1_000);
        ChainBenchmark chain = new ChainBenchmark();
        assertThat(chain.chain())
                .isEqualTo(
                        StreamPosition.START.after(Sample.encoded(Sample.FACTS).get(1)));
        assertThat(chain.chain().seq()).isEqualTo(2);
        assertThat(chain.plain()).hasSize(32);
    }
}
