package glasshouse.store.object;

import glasshouse.store.disk.RealDisk;
import glasshouse.store.part.FolderParts;
import glasshouse.store.part.PartWriter;
import glasshouse.store.part.UploadId;
import glasshouse.store.part.UploadPlan;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;

/** A process that stores objects and prints their names once they are acknowledged, until it is killed. */
final class KilledWriter {
    private KilledWriter() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        FolderStore store = FolderStore.open(new RealDisk(), folder.resolve("store"), 0);
        FolderParts parts = FolderParts.open(new RealDisk(), folder.resolve("parts"), store, Runnable::run);
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.println("ready");
        for (int thread = 0; thread < 3; thread++) {
            Random random = new Random(Long.parseLong(args[1]) * 31 + thread);
            Thread.ofPlatform().start(() -> {
                try {
                    while (true) {
                        byte[] bytes = Samples.bytes(
                                random.nextLong(), random.nextInt(random.nextInt(8) == 0 ? 900_000 : 5000));
                        Stored stored = random.nextInt(4) == 0 && bytes.length > 0
                                ? inParts(parts, bytes)
                                : Samples.put(store, bytes);
                        out.println(stored.sha256());
                    }
                } catch (IOException failure) {
                    throw new IllegalStateException(failure);
                }
            });
        }
    }

    private static Stored inParts(FolderParts parts, byte[] bytes) throws IOException {
        Stored named = Samples.named(bytes);
        UploadId id = new UploadId(named.sha256().hex());
        UploadPlan plan = new UploadPlan(named.sha256(), bytes.length, 1 + bytes.length / 3);
        parts.begin(id, plan);
        int at = 0;
        for (int number = 1; number <= plan.parts(); number++) {
            try (PartWriter writer = parts.put(id, number)) {
                writer.write(bytes, at, (int) plan.sizeOf(number));
                at += (int) writer.commit().sizeBytes();
            }
        }
        return parts.assemble(id);
    }
}
