package cohort.task.library.yang;

import java.util.Locale;

/** The tasks of Yang et al. (2019), in the order of their rule inputs, and what the paper calls them. */
enum YangRule {
    FDGO(0, "Go"),
    REACTGO(1, "RT Go"),
    DELAYGO(2, "Dly Go"),
    FDANTI(3, "Anti"),
    REACTANTI(4, "RT Anti"),
    DELAYANTI(5, "Dly Anti"),
    DM1(6, "DM 1"),
    DM2(7, "DM 2"),
    CONTEXTDM1(8, "Ctx DM 1"),
    CONTEXTDM2(9, "Ctx DM 2"),
    MULTIDM(10, "MultSen DM"),
    DELAYDM1(11, "Dly DM 1"),
    DELAYDM2(12, "Dly DM 2"),
    CONTEXTDELAYDM1(13, "Ctx Dly DM 1"),
    CONTEXTDELAYDM2(14, "Ctx Dly DM 2"),
    MULTIDELAYDM(15, "MultSen Dly DM"),
    DMSGO(16, "DMS"),
    DMSNOGO(17, "DNMS"),
    DMCGO(18, "DMC"),
    DMCNOGO(19, "DNMC");

    private final int place;
    private final String title;

    YangRule(int place, String title) {
        this.place = place;
        this.title = title;
    }

    /** Place of its input among those of all rules. */
    int place() {
        return place;
    }

    /** What the paper calls it. */
    String title() {
        return title;
    }

    /** What the published code calls it. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What task.kind calls it. */
    String kind() {
        return "yang-" + key();
    }
}
