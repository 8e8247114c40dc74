package jp.kakunin.load.authority;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Faults by time since the start, from a file:
///
///     [{"atSeconds": 10, "down": true}, {"atSeconds": 40}, {"atSeconds": 60, "processingAsks": 2}]
///
/// Each entry says all that is wrong from then on. The last one stays.
record FaultScript(List<Step> steps) {
    static final int STEPS_MAX = 10_000;
    static final FaultScript EMPTY = new FaultScript(List.of());

    record Step(Duration at, Faults faults) {}

    static FaultScript read(Path file) throws IOException {
        try {
            JsonArray entries = new JsonArray(Files.readString(file));
            if (entries.size() > STEPS_MAX) {
                throw new IOException(file + ": more than " + STEPS_MAX + " entries");
            }
            List<Step> steps = new ArrayList<>();
            for (int i = 0; i < entries.size(); i++) {
                JsonObject entry = entries.getJsonObject(i).copy();
                double at = entry.getDouble("atSeconds", -1.0);
                entry.remove("atSeconds");
                Duration from = Duration.ofMillis((long) (at * 1_000));
                if (at < 0
                        || (!steps.isEmpty() && from.compareTo(steps.getLast().at()) < 0)) {
                    throw new IOException(file + ": entry " + (i + 1)
                            + ": atSeconds must be there, and not less than the one before");
                }
                steps.add(new Step(from, Faults.of(entry)));
            }
            return new FaultScript(steps);
        } catch (DecodeException | ClassCastException | IllegalArgumentException e) {
            throw new IOException(file + ": is no list of faults: " + e.getMessage(), e);
        }
    }

    Faults at(Duration sinceStart) {
        Faults faults = Faults.NONE;
        for (Step step : steps) {
            if (step.at().compareTo(sinceStart) <= 0) {
                faults = step.faults();
            }
        }
        return faults;
    }
}
