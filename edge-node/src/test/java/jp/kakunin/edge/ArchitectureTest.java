package jp.kakunin.edge;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// The arrows of the edge node.
@AnalyzeClasses(packages = "jp.kakunin.edge", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
    @ArchTest
    static final ArchRule the_edge_does_not_know_the_hub = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jp.kakunin.hub..", "jp.kakunin.load..")
            .because("edge and hub meet in the schema alone: each must run a version the other does not have");

    @ArchTest
    static final ArchRule receipt_computers_are_served_from_the_store = noClasses()
            .that()
            .resideInAPackage("jp.kakunin.edge.receipt..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "jp.kakunin.edge",
                    "jp.kakunin.edge.cli..",
                    "jp.kakunin.edge.desk..",
                    "jp.kakunin.edge.exchange..",
                    "jp.kakunin.edge.identity..",
                    "jp.kakunin.edge.reader..")
            .because("the address goes one way: from the store to receipt computers, past the desk");

    @ArchTest
    static final ArchRule the_desk_and_the_exchange_do_not_see_addresses = noClasses()
            .that()
            .resideInAnyPackage("jp.kakunin.edge.desk..", "jp.kakunin.edge.exchange..", "jp.kakunin.edge.cli..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("jp.kakunin.domain.Particulars")
            .because("the address of the insured is shown on no screen");

    @ArchTest
    static final ArchRule generated_classes_stay_behind_the_codec = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.avro..", "jp.kakunin.avro..")
            .because("generated classes are mutable and nullable; the codec gives and takes records");
}
