package glasshouse.store.part;

import glasshouse.store.disk.Disk;
import glasshouse.store.disk.Facts;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The folder of one upload; what lies where is told in {@link FolderParts}. */
record UploadFiles(Disk disk, Path folder) {
    private static final Pattern MARK = Pattern.compile("part-([0-9]{5})-([0-9a-f]{8})");
    private static final Pattern OURS = Pattern.compile("plan|data|" + MARK.pattern());

    Path plan() {
        return folder.resolve("plan");
    }

    Path data() {
        return folder.resolve("data");
    }

    private Path mark(int number, String crc32c) {
        return folder.resolve(String.format("part-%05d-%s", number, crc32c));
    }

    void mark(Part part) throws IOException {
        try {
            disk.create(mark(part.number(), HexFormat.of().toHexDigits(part.crc32c())))
                    .close();
        } catch (FileAlreadyExistsException same) {
            // Left by a try that failed after it; it says the same.
        }
    }

    void unmark(Part part) throws IOException {
        disk.delete(mark(part.number(), HexFormat.of().toHexDigits(part.crc32c())));
    }

    /** The upload as an earlier process left it, if it is one. */
    Optional<OpenUpload> read(UploadId id) throws IOException {
        Optional<UploadPlan> plan = PlanFile.read(disk, plan());
        if (plan.isEmpty() || disk.look(data()).isEmpty()) {
            return Optional.empty();
        }
        List<Part> parts = new ArrayList<>();
        for (String name : disk.list(folder)) {
            Matcher mark = MARK.matcher(name);
            if (mark.matches() && plan.get().hasPart(Integer.parseInt(mark.group(1)))) {
                int number = Integer.parseInt(mark.group(1));
                parts.add(new Part(number, plan.get().sizeOf(number), HexFormat.fromHexDigits(mark.group(2))));
            }
        }
        for (int i = parts.size() - 1; i > 0; i--) {
            // Two marks for a part are left by a loss of power between the two; which one holds is not known.
            if (parts.get(i).number() == parts.get(i - 1).number()) {
                unmark(parts.remove(i));
                unmark(parts.remove(i - 1));
                i--;
            }
        }
        return Optional.of(new OpenUpload(id, plan.get(), this, parts));
    }

    void create(UploadPlan plan) throws IOException {
        delete();
        disk.createFolder(folder);
        disk.create(data()).close();
        // INVARIANT: the plan last. What has a whole plan is an upload.
        PlanFile.write(disk, plan(), plan);
    }

    /** Deletes what is ours; the folder too, unless somebody has put something else there. */
    void delete() throws IOException {
        List<String> names;
        try {
            names = disk.list(folder);
        } catch (NoSuchFileException gone) {
            return;
        }
        // INVARIANT: the plan first. What is left of a deletion that was cut off is no upload.
        disk.delete(plan());
        for (String name : names) {
            if (OURS.matcher(name).matches()) {
                disk.delete(folder.resolve(name));
            }
        }
        try {
            disk.delete(folder);
        } catch (DirectoryNotEmptyException others) {
            // Theirs to delete.
        }
    }

    /** Whether nothing came since a time. What is gone altogether is not idle. */
    boolean isIdle(Instant since) throws IOException {
        try {
            for (String name : disk.list(folder)) {
                Optional<Facts> facts = disk.look(folder.resolve(name));
                if (facts.isPresent() && !facts.get().changed().isBefore(since)) {
                    return false;
                }
            }
            return true;
        } catch (NoSuchFileException gone) {
            return false;
        }
    }
}
