package cohort;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.Arrays;
import java.util.List;

/** Which package may use which: data flows one way, and Spark stays at the edge. */
@AnalyzeClasses(packages = "cohort", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    /** The packages from the ground up: each may use only those before it. */
    private static final List<String> PACKAGES = List.of(
            "linalg",
            "config",
            "task",
            "task.parts",
            "task.library..",
            "task.declared",
            "network",
            "training",
            "evaluation",
            "storage",
            "task.recorded",
            "run",
            "cluster",
            "warehouse",
            "sweep",
            "report",
            "report.page",
            "export",
            "experiment",
            "cli");

    @ArchTest
    static final ArchRule packagesUseOnlyWhatComesBeforeThem = inOrder();

    private static ArchRule inOrder() {
        LayeredArchitecture rule = layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .ensureAllClassesAreContainedInArchitecture();
        for (String name : PACKAGES) {
            rule = rule.layer(name).definedBy("cohort." + name);
        }
        for (int i = 0; i < PACKAGES.size(); i++) {
            String[] above = PACKAGES.subList(i + 1, PACKAGES.size()).toArray(String[]::new);
            rule = above.length == 0
                    ? rule.whereLayer(PACKAGES.get(i)).mayNotBeAccessedByAnyLayer()
                    : rule.whereLayer(PACKAGES.get(i)).mayOnlyBeAccessedByLayers(above);
        }
        return rule;
    }

    /** Tasks are chosen by name: nothing knows one of them. */
    @ArchTest
    static final ArchRule nobodyKnowsATaskOfTheLibrary = noClasses()
            .that()
            .resideOutsideOfPackage("cohort.task.library..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("cohort.task.library..");

    /** What several families need is in task.parts: whoever reads or changes one reads no other. */
    @ArchTest
    static final ArchRule aFamilyOfTasksKnowsNoOther = slices().matching("cohort.task.(**)")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(alwaysTrue(), resideInAPackage("cohort.task.parts"));

    /** Figures know no Spark; pages show rows of its tables. */
    @ArchTest
    static final ArchRule sparkAndScalaStayAtTheEdge = noClasses()
            .that()
            .resideInAnyPackage(Arrays.stream(new String[] {
                        "config",
                        "task",
                        "task.parts",
                        "task.library..",
                        "task.declared",
                        "network",
                        "training",
                        "evaluation",
                        "storage",
                        "task.recorded",
                        "run",
                        "report"
                    })
                    .map(name -> "cohort." + name)
                    .toArray(String[]::new))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.spark..", "scala..", "io.delta..");
}
