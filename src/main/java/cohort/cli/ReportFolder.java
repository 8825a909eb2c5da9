package cohort.cli;

import cohort.config.UserError;
import cohort.report.Figure;
import cohort.report.ReportPage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a page is written, and its figures beside it.
 *
 * @param folder is made if it is not there
 */
record ReportFolder(Path folder) {
    /** Refuses a folder that cannot be written, before anything is done. */
    void requireWritable() {
        Path there = folder.toAbsolutePath();
        while (!Files.exists(there)) {
            there = there.getParent();
        }
        if (!Files.isDirectory(there) || !Files.isWritable(there)) {
            throw new UserError("cannot write to " + there + ": choose another folder with --to");
        }
    }

    /** Writes report.html, and all figures as PNG and SVG; says where. */
    void write(ReportPage page, PrintWriter out) throws IOException {
        Path report = folder.resolve("report.html");
        Path figures = folder.resolve("figures");
        try {
            Files.createDirectories(figures);
            for (ReportPage.Section section : page.sections()) {
                for (Figure figure : section.figures()) {
                    Files.write(figures.resolve(figure.name() + ".png"), figure.png());
                    Files.write(figures.resolve(figure.name() + ".svg"), figure.svg());
                }
            }
            Files.write(report, page.html().getBytes(StandardCharsets.UTF_8));
        } catch (FileSystemException e) {
            throw new UserError(
                    "cannot write " + e.getFile() + " (" + e.getClass().getSimpleName()
                            + "): choose another folder with --to",
                    e);
        }
        out.println("Report  " + report.toAbsolutePath().toUri());
        out.println("Figures " + figures + ": PNG and SVG");
    }
}
