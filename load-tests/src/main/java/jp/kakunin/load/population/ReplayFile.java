package jp.kakunin.load.population;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.InvalidAvroMagicException;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;

/// A plan as an Avro container file: clinics first, then outages, arrivals and reads in order of time. It names nobody:
/// clinics are numbers, patients are not in it. `ops/load-model.md` describes it for other programs.
public final class ReplayFile {
    static final String FORMAT = "1";

    private static final String META_FORMAT = "kakunin.format";
    private static final String META_SCENARIO = "kakunin.scenario";
    private static final String META_SEED = "kakunin.seed";
    private static final int CLINICS_MAX = 250_000;
    private static final int OUTAGES_MAX = 1_000;
    private static final Schema SCHEMA = schema();
    private static final Schema CLINIC = SCHEMA.getTypes().get(0);
    private static final Schema OUTAGE = SCHEMA.getTypes().get(1);
    private static final Schema ARRIVAL = SCHEMA.getTypes().get(2);
    private static final Schema READ = SCHEMA.getTypes().get(3);

    private ReplayFile() {}

    public static void write(Plan plan, Path file) throws IOException {
        List<Script> scripts = TrafficModel.SHIPPED.scripts();
        try (var writer = new DataFileWriter<GenericRecord>(new GenericDatumWriter<>(SCHEMA))) {
            writer.setCodec(CodecFactory.deflateCodec(CodecFactory.DEFAULT_DEFLATE_LEVEL));
            writer.setMeta(META_FORMAT, FORMAT);
            writer.setMeta(META_SCENARIO, plan.scenario());
            writer.setMeta(META_SEED, plan.seed());
            writer.create(SCHEMA, file.toFile());
            for (int i = 0; i < plan.clinics().size(); i++) {
                Plan.PlannedClinic clinic = plan.clinics().get(i);
                writer.append(record(
                        CLINIC,
                        Map.of(
                                "number",
                                i,
                                "prefecture",
                                clinic.prefecture(),
                                "carrier",
                                clinic.carrier(),
                                "clockOffMicros",
                                clinic.clockOff().toNanos() / 1_000)));
            }
            for (Outage outage : plan.outages()) {
                Schema what = OUTAGE.getField("what").schema();
                writer.append(record(
                        OUTAGE,
                        Map.of(
                                "what",
                                new GenericData.EnumSymbol(what, outage.what()),
                                "carrier",
                                outage.carrier(),
                                "fromMicros",
                                outage.from().toNanos() / 1_000,
                                "toMicros",
                                outage.to().toNanos() / 1_000)));
            }
            Schema oddity = ARRIVAL.getField("oddity").schema();
            for (int i = 0; i < plan.size(); i++) {
                writer.append(record(
                        ARRIVAL,
                        Map.of(
                                "atMicros", plan.nanosAt(i) / 1_000,
                                "clinic", plan.clinicOf(i),
                                "script", scripts.get(plan.scriptOf(i)).name(),
                                "live", plan.isLive(i),
                                "oddity", new GenericData.EnumSymbol(oddity, plan.oddityOf(i)))));
            }
            for (Plan.Read read : plan.reads()) {
                writer.append(record(READ, Map.of("atMicros", read.atMicros(), "clinic", read.clinic())));
            }
        }
    }

    public static Plan read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("there is no replay file " + file + ": make one with `load record`");
        }
        try (var reader = new DataFileReader<GenericRecord>(file.toFile(), new GenericDatumReader<>(null, SCHEMA))) {
            if (!FORMAT.equals(reader.getMetaString(META_FORMAT))) {
                throw new IOException(file + " is no replay file of format " + FORMAT + ": record it again");
            }
            var builder = new Plan.Builder(reader.getMetaString(META_SCENARIO), reader.getMetaLong(META_SEED));
            new Taking(file, builder).all(reader);
            return builder.plan();
        } catch (AvroRuntimeException | InvalidAvroMagicException | NumberFormatException e) {
            throw new IOException(file + " is damaged or no replay file: " + e.getMessage(), e);
        }
    }

    /// What was read so far.
    private static final class Taking {
        private final Path file;
        private final Plan.Builder builder;
        private final Map<String, Integer> scripts = new TreeMap<>();
        private int clinics;
        private int outages;

        Taking(Path file, Plan.Builder builder) {
            this.file = file;
            this.builder = builder;
            List<Script> known = TrafficModel.SHIPPED.scripts();
            for (int i = 0; i < known.size(); i++) {
                scripts.put(known.get(i).name(), i);
            }
        }

        void all(Iterable<GenericRecord> records) throws IOException {
            for (GenericRecord record : records) {
                switch (record.getSchema().getName()) {
                    case "Clinic" -> clinic(record);
                    case "Outage" -> outage(record);
                    case "Read" -> read(record);
                    default -> arrival(record);
                }
            }
        }

        private void clinic(GenericRecord record) throws IOException {
            if (clinics == CLINICS_MAX || (int) record.get("number") != clinics) {
                throw new IOException(file + ": clinic " + record.get("number") + " must be number " + clinics
                        + ", and there may be " + CLINICS_MAX);
            }
            clinics++;
            builder.clinic(new Plan.PlannedClinic(
                    (int) record.get("prefecture"),
                    String.valueOf(record.get("carrier")),
                    Duration.of((long) record.get("clockOffMicros"), ChronoUnit.MICROS)));
        }

        private void outage(GenericRecord record) throws IOException {
            if (outages++ == OUTAGES_MAX) {
                throw new IOException(file + ": more than " + OUTAGES_MAX + " outages");
            }
            try {
                builder.outage(new Outage(
                        Outage.What.valueOf(String.valueOf(record.get("what"))),
                        String.valueOf(record.get("carrier")),
                        Duration.of((long) record.get("fromMicros"), ChronoUnit.MICROS),
                        Duration.of((long) record.get("toMicros"), ChronoUnit.MICROS)));
            } catch (IllegalArgumentException e) {
                throw new IOException(file + ": " + e.getMessage(), e);
            }
        }

        private void arrival(GenericRecord record) throws IOException {
            Integer script = scripts.get(String.valueOf(record.get("script")));
            int clinic = (int) record.get("clinic");
            long at = (long) record.get("atMicros");
            if (script == null || clinic < 0 || clinic >= clinics || at < 0) {
                throw new IOException(file + ": an arrival at " + at + " µs names clinic " + clinic + " of " + clinics
                        + " and script " + record.get("script") + "; known are " + scripts.keySet());
            }
            builder.arrival(
                    at,
                    clinic,
                    script,
                    (boolean) record.get("live"),
                    Oddity.valueOf(String.valueOf(record.get("oddity"))));
        }

        private void read(GenericRecord record) throws IOException {
            int clinic = (int) record.get("clinic");
            long at = (long) record.get("atMicros");
            if (clinic < 0 || clinic >= clinics || at < 0) {
                throw new IOException(file + ": a read at " + at + " µs names clinic " + clinic + " of " + clinics);
            }
            builder.read(at, clinic);
        }
    }

    private static GenericRecord record(Schema schema, Map<String, Object> fields) {
        GenericRecord record = new GenericData.Record(schema);
        fields.forEach(record::put);
        return record;
    }

    private static Schema schema() {
        try (InputStream in = ReplayFile.class.getResourceAsStream("replay.avsc")) {
            if (in == null) {
                throw new IllegalStateException("the program lacks the schema of replay files");
            }
            return new Schema.Parser().parse(in);
        } catch (IOException e) {
            throw new IllegalStateException("the schema of replay files cannot be read", e);
        }
    }
}
