package cohort.config;

import java.util.List;

/** Several kinds that are made by one class. Families are found by {@link java.util.ServiceLoader} under this interface. */
public interface KindFamily {
    /** The kinds, in the order in which lists show them. */
    List<? extends Kind> kinds();
}
