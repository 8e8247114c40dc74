package jp.kakunin;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.util.UUID;

/// The arrows of `schema`: what both sides must agree on, and nothing else.
@AnalyzeClasses(packages = "jp.kakunin", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
    @ArchTest
    static final ArchRule schema_needs_the_jdk_and_avro_alone = classes()
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "java..", "javax.crypto..", "org.apache.avro..", "org.jspecify..", "jp.kakunin.."))
            .because("every library here would be forced on the edge and on the hub alike");

    @ArchTest
    static final ArchRule avro_stays_in_the_codec = noClasses()
            .that(not(resideInAnyPackage("jp.kakunin.codec..", "jp.kakunin.avro..")))
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.apache.avro..", "jp.kakunin.avro.."))
            .because("generated classes are mutable and nullable; the rest of the program sees records only");

    @ArchTest
    static final ArchRule the_domain_knows_nothing_above_it = noClasses()
            .that(resideInAPackage("jp.kakunin.domain.."))
            .should()
            .dependOnClassesThat(resideInAPackage("jp.kakunin..")
                    .and(not(resideInAPackage("jp.kakunin.domain..")))
                    .as("belong to another package of ours"))
            .because("facts and standings mean the same however they are sent or stored");

    @ArchTest
    static final ArchRule nothing_here_does_input_or_output = noClasses()
            .that(not(resideInAnyPackage("jp.kakunin.codec..", "jp.kakunin.avro..")))
            .should()
            .dependOnClassesThat(
                    resideInAnyPackage("java.io..", "java.nio.file..", "java.nio.channels..", "java.net.."))
            .because("the same code judges on the edge, on the hub and in the simulation");

    @ArchTest
    static final ArchRule nothing_here_reads_a_clock_or_rolls_dice = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .because("time and randomness are arguments, so that a seed replays a whole network");
}
