package cohort.task.parts;

import java.util.Locale;

/**
 * Settings of network and training that a task is learned with within a minute or so; they are defaults of its kind.
 *
 * <p>One worker trains on whole trials, with units whose activity has bounds and whose first weights keep alive what has to be remembered.
 *
 * @param cell leaky, which suits most tasks; or gru where something must be held or summed for longer than leaky units learn to
 * @param hidden number of units
 * @param batchSize trials of a step
 * @param steps optimizer steps
 * @param learningRate the peak of the learning rate
 */
public record Recipe(String cell, int hidden, int batchSize, int steps, double learningRate) {
    /** Learned by leaky tanh units. */
    public static Recipe leaky(int hidden, int batchSize, int steps, double learningRate) {
        return new Recipe("leaky", hidden, batchSize, steps, learningRate);
    }

    /** Learned by gated recurrent units. */
    public static Recipe gru(int hidden, int batchSize, int steps, double learningRate) {
        return new Recipe("gru", hidden, batchSize, steps, learningRate);
    }

    /** Twice as many optimizer steps. */
    public Recipe twiceAsLong() {
        return new Recipe(cell, hidden, batchSize, 2 * steps, learningRate);
    }

    /** The settings, in HOCON. */
    public String defaults() {
        return String.format(Locale.ROOT, """
                data {
                  form = trials
                  batch-size = %d
                }
                network {
                  cell = %s
                  hidden = %d
                  activation = tanh
                  initialisation = orthogonal
                }
                averaging.workers = 1
                training {
                  steps = %d
                  optimizer.learning-rate = %s
                }
                evaluation {
                  trials = 8000
                  loss-sequences = 2000
                }
                """, batchSize, cell, hidden, steps, learningRate);
    }
}
