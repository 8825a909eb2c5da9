package cohort;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which package may use which: data flows one way, and Spark stays at the edge. */
@AnalyzeClasses(packages = "cohort", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule packagesUseOnlyWhatComesBeforeThem = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .withOptionalLayers(true)
            .layer("linalg")
            .definedBy("cohort.linalg")
            .layer("config")
            .definedBy("cohort.config")
            .layer("task")
            .definedBy("cohort.task")
            .layer("library")
            .definedBy("cohort.task.library")
            .layer("network")
            .definedBy("cohort.network")
            .layer("training")
            .definedBy("cohort.training")
            .layer("evaluation")
            .definedBy("cohort.evaluation")
            .layer("storage")
            .definedBy("cohort.storage")
            .layer("cluster")
            .definedBy("cohort.cluster")
            .layer("experiment")
            .definedBy("cohort.experiment")
            .layer("report")
            .definedBy("cohort.report")
            .layer("cli")
            .definedBy("cohort.cli")
            .whereLayer("linalg")
            .mayNotAccessAnyLayer()
            .whereLayer("config")
            .mayNotAccessAnyLayer()
            .whereLayer("task")
            .mayOnlyAccessLayers("config")
            .whereLayer("library")
            .mayOnlyAccessLayers("config", "task")
            .whereLayer("library")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("network")
            .mayOnlyAccessLayers("linalg")
            .whereLayer("training")
            .mayOnlyAccessLayers("network", "task", "linalg")
            .whereLayer("evaluation")
            .mayOnlyAccessLayers("network", "task", "linalg")
            .whereLayer("storage")
            .mayOnlyAccessLayers("network", "training")
            .whereLayer("cluster")
            .mayOnlyAccessLayers("linalg", "task", "network", "training", "evaluation", "storage")
            .whereLayer("experiment")
            .mayOnlyAccessLayers("linalg", "task", "network", "training", "evaluation", "storage", "cluster", "config")
            .whereLayer("report")
            .mayOnlyAccessLayers("task", "network", "evaluation")
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule sparkAndScalaStayAtTheEdge = noClasses()
            .that()
            .resideOutsideOfPackages("cohort.cluster", "cohort.experiment", "cohort.cli", "cohort.linalg")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.spark..", "scala..", "io.delta..");
}
