package cohort.task.library.yang19;

import cohort.config.KindFamily;
import cohort.task.parts.Entry;
import java.util.List;
import java.util.stream.Stream;

/**
 * The twenty tasks of neurogym's collection yang19, which are named after those of Yang et al. (2019, <a
 * href="https://doi.org/10.1038/s41593-018-0310-2">doi</a>), but have periods, strengths and answers of their own.
 */
public final class Yang19Tasks implements KindFamily {
    @Override
    public List<Entry> kinds() {
        return bases().map(Yang19Base::entry).toList();
    }

    /** What the entries are made of. */
    static Stream<Yang19Base> bases() {
        return Stream.of(Yang19Reach.bases(), Yang19Decision.bases(), Yang19Match.bases())
                .flatMap(List::stream);
    }
}
