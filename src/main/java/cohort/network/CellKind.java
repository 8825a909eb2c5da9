package cohort.network;

import java.util.Locale;

/** The cells there are, by their names in a configuration. */
public enum CellKind {
    LEAKY(LeakyCell::new),
    LSTM((alpha, activation, bias) -> new LstmCell()),
    GRU((alpha, activation, bias) -> new GruCell());

    /** Makes a cell of what a configuration says of units; each takes what it has a use for. */
    private interface Factory {
        Cell of(double alpha, Activation activation, RecurrentBias bias);
    }

    @SuppressWarnings("ImmutableEnumChecker") // a method reference
    private final Factory factory;

    CellKind(Factory factory) {
        this.factory = factory;
    }

    /** Its name in a configuration. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * A cell of this kind.
     *
     * @param alpha dt / tau, for cells that leak
     * @param activation for cells with a choice of it
     * @param bias for cells with a choice of it
     */
    public Cell of(double alpha, Activation activation, RecurrentBias bias) {
        return factory.of(alpha, activation, bias);
    }
}
