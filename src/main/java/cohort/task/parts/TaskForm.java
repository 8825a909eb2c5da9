package cohort.task.parts;

/** Which form of a task with a fault in its original: key task.form. What differs stands with each task. */
public enum TaskForm {
    /** Without the fault. */
    REPAIRED,
    /** As it was published, fault and all: what it takes to compare with others' results. */
    ORIGINAL
}
