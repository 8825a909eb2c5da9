package org.rapaio.jupyter.kernel.channels;

/**
 * The loop in which a channel of the notebook kernel (rapaio-jupyter-kernel 3.0.1) waits for Jupyter's messages. It lies on the class path
 * before the kernel, in the place of the kernel's own class of this name, which can leave a notebook waiting forever on a busy
 * machine: a message that comes before the kernel is ready to handle it ends that loop by a NullPointerException, and a thread that
 * starts quickly finds itself not running yet. Here the loop goes on without the message, which Jupyter repeats until it has an
 * answer.
 */
public final class LoopThread extends Thread {
    private final long sleepMillis;
    private final Runnable body;
    private volatile boolean running = true;

    public LoopThread(String name, long sleepMillis, Runnable body) {
        super(name);
        this.sleepMillis = sleepMillis;
        this.body = body;
    }

    @Override
    public void run() {
        while (running) {
            try {
                body.run();
            } catch (NullPointerException e) {
                // There are no handlers yet.
            }
            try {
                Thread.sleep(sleepMillis);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    public void shutdown() {
        running = false;
    }
}
