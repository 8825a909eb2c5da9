package cohort.task.library;

import java.util.Locale;

/** The tasks of Yang et al. (2019), in the order of their rule inputs, and what the paper calls them. */
enum YangRule {
    FDGO("Go"),
    REACTGO("RT Go"),
    DELAYGO("Dly Go"),
    FDANTI("Anti"),
    REACTANTI("RT Anti"),
    DELAYANTI("Dly Anti"),
    DM1("DM 1"),
    DM2("DM 2"),
    CONTEXTDM1("Ctx DM 1"),
    CONTEXTDM2("Ctx DM 2"),
    MULTIDM("MultSen DM"),
    DELAYDM1("Dly DM 1"),
    DELAYDM2("Dly DM 2"),
    CONTEXTDELAYDM1("Ctx Dly DM 1"),
    CONTEXTDELAYDM2("Ctx Dly DM 2"),
    MULTIDELAYDM("MultSen Dly DM"),
    DMSGO("DMS"),
    DMSNOGO("DNMS"),
    DMCGO("DMC"),
    DMCNOGO("DNMC");

    private final String title;

    YangRule(String title) {
        this.title = title;
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
