package cohort.task.library.yang19;

import cohort.config.KindFamily;
import cohort.task.parts.Entry;
import java.util.ArrayList;
import java.util.List;

/**
 * The tasks that Mod-Cog (Khona, Chandra et al. 2022, <a href="https://arxiv.org/abs/2207.03523">arXiv</a>) makes of those of the collection
 * yang19. Its modifier "seq" makes the answer of each move in the decision period, to the right or left; "int" makes the answer of each that
 * has a delay lie to the right or left of its target, by a way that grows with the delay.
 */
public final class ModCogTasks implements KindFamily {
    private static final int[] SIDES = {1, -1};

    @Override
    public List<Entry> kinds() {
        List<Entry> entries = new ArrayList<>();
        Yang19Tasks.bases().forEach(base -> {
            for (int side : SIDES) {
                entries.add(base.moving(0, side));
                if (base.hasDelay()) {
                    entries.add(base.moving(side, 0));
                }
            }
        });
        return entries;
    }
}
