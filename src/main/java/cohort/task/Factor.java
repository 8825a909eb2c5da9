package cohort.task;

import java.io.Serializable;

/**
 * Something that differs from trial to trial, and that answers depend on.
 *
 * @param name as tables have it
 * @param unit "%"; empty for a plain number
 * @param meaning in a few words
 */
public record Factor(String name, String unit, String meaning) implements Serializable {}
