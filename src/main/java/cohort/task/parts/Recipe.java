package cohort.task.parts;

/** Settings of network and training that tasks without much noise are learned with. */
public final class Recipe {
    private Recipe() {}

    /**
     * One worker, whole trials, and tanh units, whose activity has bounds and whose first weights keep alive what has to be remembered.
     *
     * @param hidden number of units
     * @param steps optimizer steps
     * @param learningRate the peak of the learning rate
     */
    public static String of(int hidden, int steps, double learningRate) {
        return """
                data.form = trials
                network {
                  activation = tanh
                  initialisation = orthogonal
                }
                averaging.workers = 1
                evaluation {
                  trials = 4000
                  loss-sequences = 2000
                }
                """
                + "network.hidden = " + hidden + "\n"
                + "training.steps = " + steps + "\n"
                + "training.optimizer.learning-rate = " + learningRate + "\n";
    }
}
