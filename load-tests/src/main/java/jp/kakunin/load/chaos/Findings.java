package jp.kakunin.load.chaos;

import java.util.ArrayList;
import java.util.List;
import jp.kakunin.load.report.RunReport;

/// What reading back has found so far.
final class Findings {
    private static final int EXAMPLES_MAX = 20;

    private final List<RunReport.Example> examples = new ArrayList<>();
    private long acknowledged;
    private long missing;
    private long doubled;
    private long wrongClinic;

    /// @param kind empty when all is well; `wrong clinic` is about a fact nobody looked for
    void looked(String kind) {
        switch (kind) {
            case "missing" -> missing++;
            case "doubled" -> doubled++;
            case "wrong clinic" -> wrongClinic++;
            default -> {}
        }
        if (!kind.equals("wrong clinic")) {
            acknowledged++;
        }
    }

    void example(RunReport.Example example) {
        if (examples.size() < EXAMPLES_MAX) {
            examples.add(example);
        }
    }

    long missing() {
        return missing;
    }

    boolean isGood() {
        return missing + doubled + wrongClinic == 0;
    }

    /// @param unknown offered and never acknowledged, not looked for
    RunReport.Verification verification(long unknown) {
        return new RunReport.Verification(
                acknowledged,
                acknowledged - missing - doubled,
                missing,
                doubled,
                wrongClinic,
                0,
                0,
                0,
                unknown,
                examples);
    }
}
