package jp.kakunin.load;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// The arrows of the whole: this module sees all the others.
@AnalyzeClasses(packages = "jp.kakunin", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
    @ArchTest
    static final ArchRule nobody_needs_the_load_tests = noClasses()
            .that()
            .resideOutsideOfPackage("jp.kakunin.load..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jp.kakunin.load..")
            .because("what a clinic runs must not carry virtual cards and synthetic patients");
}
