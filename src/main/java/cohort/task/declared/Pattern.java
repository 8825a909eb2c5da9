package cohort.task.declared;

import cohort.task.Circle;
import cohort.task.Trial;
import java.io.Serializable;

/** What the channels of a group show, or what its outputs are asked for. */
sealed interface Pattern extends Serializable {
    /** The value of a channel, counted from 0 in its group. */
    double at(int channel, Trial trial);

    /** All channels alike: offset + scale x amount. */
    record Level(Amount amount, double scale, double offset) implements Pattern {
        @Override
        public double at(int channel, Trial trial) {
            return offset + scale * amount.of(trial);
        }
    }

    /** One channel alone. */
    record OneHot(Ordinal chosen, Amount value) implements Pattern {
        @Override
        public double at(int channel, Trial trial) {
            return channel == chosen.of(trial) ? value.of(trial) : 0;
        }
    }

    /**
     * Evidence s = scale x amount as a pair of channels: (1 + s) / 2 and (1 - s) / 2.
     *
     * @param favoured the channel that has the plus
     */
    record Opponent(Amount evidence, double scale, Ordinal favoured) implements Pattern {
        @Override
        public double at(int channel, Trial trial) {
            double s = scale * evidence.of(trial);
            return (channel == favoured.of(trial) ? 1 + s : 1 - s) / 2;
        }
    }

    /** How a ring's channels are tuned. */
    enum Code {
        /** exp(-(d / width)^2 / 2) at a distance of d degrees; channel i of R prefers 360 i / R degrees. */
        BUMP,
        /** cos d, with the same preferences. */
        COSINE,
        /** Two channels, the angle's cosine and sine. */
        VECTOR;

        double preferred(int channel, int size) {
            return this == VECTOR ? 90.0 * channel : 360.0 * channel / size;
        }
    }

    /**
     * An angle on a ring: offset + scale x strength x what the code says.
     *
     * @param angle in degrees
     * @param size number of channels
     * @param width standard deviation of a bump in degrees
     */
    record Ring(Amount angle, Amount strength, Code code, int size, double width, double scale, double offset)
            implements Pattern {
        @Override
        public double at(int channel, Trial trial) {
            return offset + scale * strength.of(trial) * tuning(code.preferred(channel, size), angle.of(trial));
        }

        private double tuning(double preferred, double shown) {
            if (code != Code.BUMP) {
                return Math.cos(Math.toRadians(preferred - shown));
            }
            double distance = Circle.distance(preferred, shown, 360) / width;
            return Math.exp(-distance * distance / 2);
        }
    }
}
