package cohort.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

class FigureTest {
    private static final double NONE = Double.NaN;
    private static final String NATS = "nats per time step";

    private static TimeSeries times(String label, int count) {
        return new TimeSeries(
                label,
                IntStream.range(0, count)
                        .mapToObj(i ->
                                new TimePoint(i, 900.0 / (1 + i), 700.0 / (1 + i), i == 0 ? NONE : 1100.0 / (1 + i)))
                        .toList());
    }

    /** Every kind of figure, with usual and with odd data; drawn anew each time. */
    static Stream<Figure> figures() {
        List<Figure> all = new ArrayList<>();
        all.add(LossFigure.of(
                "loss", "", List.of(falling(1, 0.02), falling(207, NONE), falling(2000, 0.03)), 0.019, NATS));
        all.add(LossFigure.of("loss-one-step", "", List.of(falling(1, NONE)), NONE, NATS));
        all.add(LossFigure.of("loss-nowhere", "", List.of(LossRun.of(new double[3], new double[3], -1)), NONE, NATS));
        all.add(LossFigure.of("loss-no-steps", "", List.of(falling(0, NONE)), 0, NATS));
        all.add(LossFigure.of("loss-no-runs", "", List.of(), Double.POSITIVE_INFINITY, NATS));
        for (int count : new int[] {0, 1, 2, 64}) {
            List<RateSeries> series = settings(count).map(FigureTest::rates).toList();
            RateSeries ideal = RateSeries.of("ideal observer", c -> 0.9);
            all.add(PsychometricFigure.of("psychometric-" + count, "", "coherence (%)", 2, series, Optional.of(ideal)));
            all.add(AccuracyFigure.of("accuracy-" + count, "", "coherence (%)", series, Optional.of(ideal), 0.25));
        }
        RateSeries nothing = RateSeries.of("nothing", List.of(new RatePoint(NONE, 1, 0, 1), RatePoint.of(3.2, NONE)));
        RateSeries point = RateSeries.of("one point", List.of(RatePoint.of(0, 0.5)));
        all.add(PsychometricFigure.of("psychometric-odd", "", "x", 1, List.of(nothing, point), Optional.empty()));
        all.add(AccuracyFigure.of("accuracy-nothing", "", "x", List.of(nothing), Optional.of(nothing), NONE));
        all.add(AccuracyFigure.of("accuracy-point", "", "x", List.of(point), Optional.of(point), 0.5));
        for (int choices : new int[] {0, 1, 2, 4}) {
            all.add(StateSpaceFigure.of(
                    "state-" + choices, "", trajectories(choices), periods(10, 30, 30, 40), 0.6, NONE));
        }
        for (int count : new int[] {0, 1, 5, 60}) {
            List<TimeSeries> times = List.of(times("right", count), times("wrong", count / 2));
            List<String> names = IntStream.range(0, count)
                    .mapToObj(i -> "delay " + i + " ms")
                    .toList();
            all.add(ChronometricFigure.overStrength(
                    "times-" + count, "", "x (%)", times, Optional.of(times("bound", count))));
            all.add(ChronometricFigure.inConditions("times-rows-" + count, "", names, times));
            List<KernelSeries> kernels = IntStream.range(0, count)
                    .mapToObj(
                            i -> new KernelSeries("channel " + i, List.of(new KernelSeries.Point(20 * i, i - 2, NONE))))
                    .toList();
            all.add(KernelFigure.of("kernel-" + count, "", "noise", kernels));
        }
        all.add(SpeedAccuracyFigure.of("speed", "", 250, 0.9, new TreeMap<>(Map.of(20.0, 0.5, 400.0, 0.97)), 0.5));
        List<Trajectory> unknown = List.of(Trajectory.of("", 1, NONE, new double[] {NONE}, new double[] {1}));
        all.add(StateSpaceFigure.of("state-unknown", "", unknown, periods(5), NONE, NONE));
        List<String> channels = List.of("fixation", "choice 1", "choice 2");
        all.add(TrialFigure.of("trial", "", "input", channels, (t, c) -> t % 7 - c, 20, periods(5, 55, 55, 60)));
        all.add(TrialFigure.of("trial-crowded", "", "input", channels, (t, c) -> 1, 0.5, periods(1, 2, 3, 90)));
        all.add(TrialFigure.of("trial-unknown", "", "input", channels, (t, c) -> NONE, 20, periods(3, 4, 5, 6)));
        all.add(TrialFigure.of("trial-nothing", "", "input", List.of(), (t, c) -> NONE, 20, List.of()));
        for (int units : new int[] {1, 2, 13, 207}) {
            int[] order = IntStream.range(0, units).map(i -> units - 1 - i).toArray();
            List<PeriodSpan> periods = periods(units / 3, units / 3 + 1, units / 3 + 2, units);
            all.add(UnitActivityFigure.of("activity-" + units, "", (t, u) -> t * u, units, order, 20, periods));
            all.add(UnitActivityFigure.of(
                    "activity-signed-" + units, "", (t, u) -> Math.sin(t + u), units, order, 0.5, periods));
            all.add(WeightFigure.of("weights-" + units, "", (to, from) -> to - from, order));
        }
        all.add(UnitActivityFigure.of("activity-long", "", (t, u) -> t % 7, 2500, new int[] {0, 1, 2}, 1, List.of()));
        all.add(WeightFigure.of("weights-zero", "", (to, from) -> 0, new int[40]));
        all.add(WeightFigure.of("weights-unknown", "", (to, from) -> NONE, new int[40]));
        for (int count : new int[] {1, 2, 64}) {
            List<String> labels = settings(count).toList();
            all.add(SettingGridFigure.of(
                    "grid-" + count, "", "a", labels, "b", labels, (i, j) -> i == j ? NONE : i * j, "v"));
            all.add(SettingGridFigure.of("grid-wide-" + count, "", "a", List.of(""), "b", labels, (i, j) -> 0.7, "v"));
        }
        for (int count : new int[] {0, 1, 2, 64}) {
            List<SettingSeeds> seeds = settings(count)
                    .map(label -> SettingSeeds.of(label, new double[] {label.length(), NONE, 30, 31}))
                    .toList();
            all.add(SettingSeedsFigure.of("seeds-" + count, "", "accuracy", seeds));
        }
        all.add(SettingSeedsFigure.of("seeds-one", "", "accuracy", List.of(SettingSeeds.of("x", new double[] {0.5}))));
        return all.stream();
    }

    static Stream<Arguments> figuresDrawnTwice() {
        Iterator<Figure> others = figures().iterator();
        return figures().map(figure -> Arguments.of(Named.of(figure.name(), figure), others.next()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("figuresDrawnTwice")
    void oddDataGiveAFigureThatDecodesAndTheSameBytesEachTime(Figure figure, Figure again) throws Exception {
        BufferedImage image = Pictures.image(figure);
        assertThat(image.getWidth()).isEqualTo(Figure.DOTS_PER_PIXEL * figure.width());
        assertThat(image.getHeight()).isEqualTo(Figure.DOTS_PER_PIXEL * figure.height());
        assertThat(Pictures.dots(image, FigureStyle.INK))
                .as("dots of axis labels")
                .isGreaterThan(20);
        Element svg = Pictures.svg(figure);
        assertThat(svg.getTagName()).isEqualTo("svg");
        assertThat(svg.getAttribute("width")).startsWith(figure.width() + "");
        assertThat(svg.getAttribute("height")).startsWith(figure.height() + "");
        assertThat(Pictures.words(figure)).contains("x: ", "y: ");
        assertThat(again.png()).isEqualTo(figure.png());
        assertThat(again.svg()).isEqualTo(figure.svg());
    }

    @Test
    void svgSaysInWordsWhatItShows() throws Exception {
        Figure figure = LossFigure.of(
                "loss", "Loss < 1 & falling.", List.of(falling(207, 0.03)), 0.019, "squared output units");

        Element svg = Pictures.svg(figure);

        assertThat(svg.getElementsByTagName("title").item(0).getTextContent()).isEqualTo("Loss < 1 & falling.");
        assertThat(Pictures.words(figure))
                .isEqualTo("x: optimizer steps; y: loss (squared output units); training; held out; lowest possible");
    }

    @Test
    void whatIsNotKnownIsLeftOut() throws Exception {
        Figure figure = LossFigure.of("loss", "", List.of(falling(207, NONE)), NONE, NATS);

        assertThat(Pictures.words(figure)).doesNotContain("held out", "lowest possible");
        assertThat(Pictures.dots(figure, FigureStyle.color(0))).isGreaterThan(100);
        assertThat(Pictures.dots(figure, FigureStyle.color(1))).isZero();
    }

    @Test
    void everySeriesHasItsColour() throws Exception {
        List<RateSeries> series = settings(4).map(FigureTest::rates).toList();

        BufferedImage image =
                Pictures.image(PsychometricFigure.of("psychometric", "", "x", 2, series, Optional.empty()));

        for (int i = 0; i < 4; i++) {
            assertThat(Pictures.dots(image, FigureStyle.color(i)))
                    .as("series %d", i)
                    .isGreaterThan(200);
        }
        assertThat(Pictures.dots(image, FigureStyle.color(4))).isZero();
        assertThat(Pictures.dots(image, Color.WHITE)).isGreaterThan(image.getWidth() * image.getHeight() / 2);
    }

    @Test
    void intervalsReachFromLowToHigh() throws Exception {
        List<RatePoint> wide = List.of(new RatePoint(6.4, 0.5, 0.1, 0.9));
        List<RatePoint> narrow = List.of(new RatePoint(6.4, 0.5, 0.45, 0.9));

        double from10To90 =
                height(AccuracyFigure.of("wide", "", "x", List.of(RateSeries.of("", wide)), Optional.empty(), NONE));
        double from45To90 = height(
                AccuracyFigure.of("narrow", "", "x", List.of(RateSeries.of("", narrow)), Optional.empty(), NONE));

        // Round ends add a dot or two.
        assertThat(from10To90 / from45To90).isCloseTo(0.8 / 0.45, within(0.02));
    }

    /** From the highest to the lowest dot of the first series. */
    private static int height(Figure figure) throws Exception {
        BufferedImage image = Pictures.image(figure);
        int[] rows = IntStream.range(0, image.getHeight())
                .filter(y -> IntStream.range(0, image.getWidth())
                        .anyMatch(
                                x -> image.getRGB(x, y) == FigureStyle.color(0).getRGB()))
                .toArray();
        return rows[rows.length - 1] - rows[0];
    }

    @Test
    void captionSaysWhatIsNotDrawn() {
        List<RateSeries> series = settings(64).map(FigureTest::rates).toList();
        List<SettingSeeds> seeds = settings(64)
                .map(label -> SettingSeeds.of(label, new double[] {1}))
                .toList();

        assertThat(PsychometricFigure.of("p", "Many.", "x", 2, series, Optional.empty())
                        .caption())
                .isEqualTo("Many. Drawn are the first 6 of 64 series.");
        assertThat(AccuracyFigure.of("a", "Many.", "x", series, Optional.empty(), NONE)
                        .caption())
                .endsWith("the first 6 of 64 series.");
        assertThat(SettingSeedsFigure.of("s", "Many.", "accuracy", seeds).caption())
                .isEqualTo("Many. Drawn are the best 30 of 64 settings.");
        assertThat(SettingSeedsFigure.of("s", "Few.", "accuracy", seeds.subList(0, 30))
                        .caption())
                .isEqualTo("Few.");
        assertThat(grid((i, j) -> i == j ? NONE : 1).caption()).isEqualTo("Grid. Grey: no result.");
        assertThat(grid((i, j) -> 1).caption()).isEqualTo("Grid.");
    }

    @Test
    void missingCellsAreGrey() throws Exception {
        assertThat(Pictures.dots(grid((i, j) -> i == 0 && j == 1 ? NONE : i + j), FigureStyle.MISSING))
                .isGreaterThan(10_000);
        assertThat(Pictures.dots(grid((i, j) -> i + j), FigureStyle.MISSING))
                .as("edges of letters")
                .isLessThan(100);
    }

    private static Figure grid(Cells values) {
        return SettingGridFigure.of(
                "grid",
                "Grid.",
                "learning rate",
                List.of("0.1", "1"),
                "units",
                List.of("8", "16"),
                values,
                "efficiency");
    }

    /** Dark where there is nothing, bright where there is much: in the order asked for, at every size. */
    @ParameterizedTest
    @ValueSource(ints = {2, 64, 512, 1600})
    void activityStandsInTheOrderOfTheUnits(int units) throws Exception {
        int[] order = IntStream.range(0, units).map(i -> units - 1 - i).toArray();
        Cells firstHalfOfTheUnits = (step, unit) -> unit < units / 2 ? 1 : 0;

        Figure figure = UnitActivityFigure.of("activity", "", firstHalfOfTheUnits, 50, order, 20, List.of());

        BufferedImage image = Pictures.image(figure);
        assertThat(image.getRGB(600, 100)).isEqualTo(new Color(0x440154).getRGB());
        assertThat(image.getRGB(600, 600)).isEqualTo(new Color(0xFDE725).getRGB());
    }

    @Test
    void weightsGoFromColumnsToRows() throws Exception {
        int[] order = IntStream.range(0, 100).toArray();

        BufferedImage image =
                Pictures.image(WeightFigure.of("weights", "", (to, from) -> from < 50 ? -1 : to < 50 ? 0 : 1, order));

        assertThat(image.getRGB(300, 300)).isEqualTo(new Color(0x053061).getRGB());
        assertThat(image.getRGB(300, 800)).isEqualTo(new Color(0x053061).getRGB());
        assertThat(image.getRGB(900, 800)).isEqualTo(new Color(0x67001F).getRGB());
        assertThat(new Color(image.getRGB(900, 300)).getGreen()).isGreaterThan(240);
    }

    @Test
    void periodsWithoutAStepAreNotNamed() throws Exception {
        Figure activity =
                UnitActivityFigure.of("activity", "", (t, u) -> t, 40, new int[] {0, 1}, 20, periods(10, 30, 30, 40));
        Figure states = StateSpaceFigure.of("states", "", trajectories(2), periods(10, 30, 30, 40), 0.613, 0.2);

        assertThat(Pictures.words(activity)).endsWith("; fixation; stimulus; decision");
        assertThat(Pictures.words(states))
                .startsWith("x: PC 1 (61 % of variance); y: PC 2 (20 % of variance); ")
                .endsWith("; start; end of fixation; end of stimulus; end of decision");
    }

    @Test
    void moreTrajectoriesThanLabelsAreNamedByTheirFamilyIfTheyHaveOne() throws Exception {
        List<Trajectory> many = trajectories(8).stream()
                .map(one -> one.inFamily(one.choice(), "direction " + 45 * one.choice()))
                .toList();
        Figure states = StateSpaceFigure.of("states", "", many, periods(40), NONE, NONE);

        assertThat(Pictures.words(states)).contains("direction 45; direction 90;", "direction 360;");
    }

    @Test
    void moreTrajectoriesThanLabelsAreNamedByTheirChoice() throws Exception {
        Figure states = StateSpaceFigure.of("states", "", trajectories(8), periods(40), NONE, NONE);

        assertThat(Pictures.words(states))
                .contains("choice 1; choice 2;", "choice 8;")
                .doesNotContain(" %");
    }

    @Test
    void trajectoriesWithoutEvidenceHaveColoursOfTheirOwnHoweverManyThereAre() throws Exception {
        Figure six = StateSpaceFigure.of("states", "", conditions(6), List.of(), NONE, NONE);
        Figure nine = StateSpaceFigure.of("states", "", conditions(9), List.of(), NONE, NONE);
        Figure many = StateSpaceFigure.of("states", "", conditions(20), List.of(), NONE, NONE);

        for (int condition = 1; condition <= 6; condition++) {
            assertThat(Pictures.dots(six, FigureStyle.color(condition - 1))).isGreaterThan(100);
        }
        ColorScale scale = ColorScale.sequential(1, 9 + 1);
        for (int condition = 1; condition <= 9; condition++) {
            assertThat(Pictures.dots(nine, scale.of(condition))).isGreaterThan(100);
        }
        assertThat(Pictures.words(nine)).contains("condition 1; ", "condition 9; ");
        assertThat(Pictures.words(many)).doesNotContain("condition", "choice");
    }

    private static List<Trajectory> conditions(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(condition ->
                        Trajectory.of("condition " + condition, condition, NONE, new double[] {0, 1}, new double[] {
                            condition, condition
                        }))
                .toList();
    }

    @Test
    void componentsOfDifferentLengthsAreRefused() {
        assertThatThrownBy(() -> Trajectory.of("", 1, 6.4, new double[60], new double[59]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("60 steps of the first component, but 59 of the second");
    }

    /** Networks that never respond have an efficiency near -1: they must not press all others together. */
    @Test
    void valuesBelowTheAxisAreArrowsWithWhatTheyAreAndDoNotStretchIt() throws Exception {
        List<SettingSeeds> settings = List.of(
                SettingSeeds.of("rate 0.02", new double[] {0.91, 0.93}),
                SettingSeeds.of("rate 1e-9", "no response", new double[] {-1.06, -1.06, 0.88}));

        Figure clipped = SettingSeedsFigure.of("seeds", "", "efficiency", settings, ValueBounds.ofEfficiency());
        Figure whole = SettingSeedsFigure.of("seeds", "", "efficiency", settings);

        assertThat(Pictures.words(clipped)).contains("below -0.1");
        assertThat(Pictures.words(whole)).doesNotContain("below");
        int apart = 10;
        assertThat(spread(clipped)).isGreaterThan(spread(whole) + apart);
        assertThat(Pictures.words(SettingSeedsFigure.of(
                        "seeds", "", "efficiency", settings.subList(0, 1), ValueBounds.ofEfficiency())))
                .doesNotContain("below");
    }

    /** How far from each other the drawn points are, from left to right. */
    private static int spread(Figure figure) throws Exception {
        BufferedImage image = Pictures.image(figure);
        int[] columns = IntStream.range(image.getWidth() / 2, image.getWidth())
                .filter(x -> IntStream.range(0, image.getHeight() - 120)
                        .anyMatch(
                                y -> image.getRGB(x, y) == FigureStyle.color(5).getRGB()))
                .toArray();
        return columns[columns.length - 1] - columns[0];
    }

    @Test
    void cellsBelowTheScaleHaveATriangleAndItsLowestColour() throws Exception {
        Cells oneNeverResponds = (i, j) -> i == 0 && j == 0 ? -1.04 : 0.2 * (i + j);

        Figure clipped = SettingGridFigure.of(
                "grid",
                "Grid.",
                "rate",
                List.of("0.1", "1"),
                "units",
                List.of("8", "16"),
                oneNeverResponds,
                "efficiency",
                ValueBounds.ofEfficiency());

        assertThat(clipped.caption()).isEqualTo("Grid. ▼: below -0.1.");
        assertThat(grid(oneNeverResponds).caption()).isEqualTo("Grid.");
    }

    @Test
    void intervalsOfTheMeanEndAtTheBestThatIsPossible() {
        SettingSeeds seeds = SettingSeeds.of("", new double[] {0.9, 1.01, 0.97});

        assertThat(seeds.mean() + seeds.halfInterval()).isGreaterThan(1.05);
        assertThat(seeds.intervalHigh(1)).isEqualTo(1);
        assertThat(seeds.intervalLow()).isCloseTo(seeds.mean() - seeds.halfInterval(), within(1e-12));
        SettingSeeds lucky = SettingSeeds.of("", new double[] {1.01, 1.02});
        assertThat(lucky.intervalHigh(1)).isEqualTo(lucky.mean());
        assertThat(SettingSeeds.of("", new double[] {0.5, 0.51}).intervalHigh(1))
                .isLessThan(0.58);
    }

    @Test
    void theAxisShowsItsBreakAtZeroAndEveryLabel() throws Exception {
        List<RatePoint> all = Stream.of(0.0, 0.3, 0.6, 1.2, 2.4, 4.8, 9.6, 19.2, 38.4)
                .map(c -> new RatePoint(c, 0.7, 0.6, 0.8))
                .toList();

        BufferedImage broken = axisOf(all);
        BufferedImage unbroken = axisOf(all.subList(1, all.size()));

        long strokes = Pictures.dots(broken, FigureStyle.GREY) - Pictures.dots(unbroken, FigureStyle.GREY);
        assertThat(strokes).as("dots of the break").isBetween(20L, 400L);
        assertThat(Pictures.dots(broken, FigureStyle.INK))
                .as("nine labels instead of five")
                .isGreaterThan(Pictures.dots(axisOf(all.subList(0, 5)), FigureStyle.INK) + 100);
    }

    private static BufferedImage axisOf(List<RatePoint> points) throws Exception {
        return Pictures.image(
                AccuracyFigure.of("", "", "x", List.of(RateSeries.of("", points)), Optional.empty(), NONE));
    }

    @Test
    void comparedLossesHaveALabelAndAColourEach() throws Exception {
        Map<String, List<LossRun>> runs = new LinkedHashMap<>();
        for (String label : List.of("gru", "lstm", "leaky")) {
            runs.put(label, List.of(falling(50, 0.03)));
        }

        Figure figure = LossFigure.compare("loss", "Losses.", runs, 0.019, NATS);

        assertThat(Pictures.words(figure)).endsWith("; gru; lstm; leaky; held out; lowest possible");
        for (int i = 0; i < 5; i++) {
            runs.put("more " + i, List.of(falling(50, NONE)));
        }
        assertThat(LossFigure.compare("loss", "Losses.", runs, NONE, NATS).caption())
                .isEqualTo("Losses. Drawn are the first 6 of 8.");
    }

    private static LossRun falling(int steps, double heldOut) {
        double[] at = IntStream.range(0, steps).mapToDouble(i -> i + 1).toArray();
        double[] loss = IntStream.range(0, steps)
                .mapToDouble(i -> i == 5 ? NONE : 0.02 + Math.exp(-0.02 * i))
                .toArray();
        return LossRun.of(at, loss, heldOut);
    }

    private static Stream<String> settings(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "learning rate 0.00" + i + ", a label longer than there is room for, " + i);
    }

    private static RateSeries rates(String label) {
        double slope = 3 + label.hashCode() % 7;
        List<RatePoint> points = Stream.of(-51.2, -12.8, 0.0, 12.8, 51.2)
                .map(c -> new RatePoint(c, 1 / (1 + Math.exp(-c / slope)), 0.02, 0.97))
                .toList();
        return new RateSeries(label, points, Optional.of(c -> 1 / (1 + Math.exp(-c / slope))));
    }

    private static List<Trajectory> trajectories(int choices) {
        return IntStream.rangeClosed(1, choices)
                .boxed()
                .flatMap(choice -> Stream.of(0.0, 12.8, 51.2).map(coherence -> {
                    double[] x = IntStream.range(0, 40)
                            .mapToDouble(t -> t * coherence * Math.cos(choice))
                            .toArray();
                    double[] y = IntStream.range(0, 40)
                            .mapToDouble(t -> t * coherence * Math.sin(choice))
                            .toArray();
                    return Trajectory.of(coherence + " % for " + choice, choice, coherence, x, y);
                }))
                .toList();
    }

    private static List<PeriodSpan> periods(int... ends) {
        List<String> names = List.of("fixation", "stimulus", "delay", "decision");
        return IntStream.range(0, ends.length)
                .mapToObj(i -> new PeriodSpan(names.get(i), i == 0 ? 0 : ends[i - 1], ends[i]))
                .toList();
    }
}
