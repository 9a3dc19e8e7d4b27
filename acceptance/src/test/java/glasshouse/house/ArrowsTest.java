package glasshouse.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Which module and which package may know which. */
class ArrowsTest {
    /** Who may import whom among our own modules. */
    private static final Map<String, Set<String>> ARROWS = Map.of(
            "format", Set.of(),
            "core", Set.of(),
            "store", Set.of("format"),
            "inspect", Set.of("format", "core"),
            "hub", Set.of("format", "core", "store", "inspect"),
            "cli", Set.of("format", "core", "store", "inspect", "hub"));

    private static JavaClasses house;

    @BeforeAll
    static void importHouse() {
        house = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(
                        location -> !location.contains("glasshouse/house") && !location.contains("glasshouse/testkit"))
                .importPackages("glasshouse");
        assertThat(house.size()).as("classes found").isGreaterThan(100);
    }

    @TestFactory
    Iterable<DynamicTest> modulesKnowOnlyWhatTheyMay() {
        return ARROWS.entrySet().stream()
                .map(arrow -> DynamicTest.dynamicTest(arrow.getKey() + " knows " + arrow.getValue(), () -> {
                    Set<String> others = new TreeSet<>(ARROWS.keySet());
                    others.removeAll(arrow.getValue());
                    others.remove(arrow.getKey());
                    String[] forbidden =
                            others.stream().map(m -> "glasshouse." + m + "..").toArray(String[]::new);
                    if (forbidden.length > 0) {
                        noClasses()
                                .that()
                                .resideInAPackage("glasshouse." + arrow.getKey() + "..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(forbidden)
                                .check(house);
                    }
                }))
                .toList();
    }

    @TestFactory
    Iterable<DynamicTest> packagesOfAModuleHaveNoCycles() {
        return ARROWS.keySet().stream()
                .map(module -> DynamicTest.dynamicTest(
                        module,
                        () -> slices().matching("glasshouse." + module + ".(*)..")
                                .should()
                                .beFreeOfCycles()
                                .allowEmptyShould(true)
                                .check(house)))
                .toList();
    }

    @Test
    void formatAndCoreTouchNoFileNetworkClockRandomnessThreadOrLog() {
        noClasses()
                .that()
                .resideInAnyPackage("glasshouse.format..", "glasshouse.core..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.nio.file..",
                        "java.nio.channels..",
                        "java.net..",
                        "java.sql..",
                        "java.util.concurrent..",
                        "org.slf4j..")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.io\\.(File|FileInputStream|FileOutputStream|RandomAccessFile)"
                        + "|java\\.lang\\.(Thread|Process|ProcessBuilder)|java\\.util\\.(Random|Timer)|java\\.security\\.SecureRandom"
                        + "|java\\.time\\.(Clock|InstantSource)")
                .check(house);
        noClasses()
                .that()
                .resideInAnyPackage("glasshouse.format..", "glasshouse.core..")
                .should()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(java.time.LocalDate.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .check(house);
    }

    @Test
    void sqlIsInHubIndexAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackage("glasshouse.hub.index..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.sql..",
                        "org.jdbi..",
                        "com.zaxxer..",
                        "org.flywaydb..",
                        "org.sqlite..",
                        "org.postgresql..")
                .check(house);
    }

    @Test
    void templatesAreInThePagesAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackages("glasshouse.hub.page..", "glasshouse.hub.template..", "gg.jte.generated..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("gg.jte..")
                .check(house);
    }

    @Test
    void jettyIsInTheServerAndTheCallAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackages("glasshouse.hub.server..", "glasshouse.hub.web..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.eclipse.jetty.server..", "org.eclipse.jetty.io..")
                .check(house);
    }

    @Test
    void onlyTheCommandLineWritesToStandardOutput() {
        noClasses()
                .that()
                .resideOutsideOfPackage("glasshouse.cli..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(house);
    }

    @Test
    void namesSayWhatAThingIs() {
        classes()
                .that()
                .resideInAPackage("glasshouse..")
                .and()
                .resideOutsideOfPackage("glasshouse.hub.template..")
                .should()
                .haveSimpleNameNotEndingWith("Impl")
                .andShould()
                .haveSimpleNameNotEndingWith("Manager")
                .andShould()
                .haveSimpleNameNotEndingWith("Helper")
                .andShould()
                .haveSimpleNameNotEndingWith("Util")
                .andShould()
                .haveSimpleNameNotEndingWith("Utils")
                .andShould()
                .haveSimpleNameNotStartingWith("Abstract")
                .check(house);
    }
}
