package glasshouse.store.recipe;

import glasshouse.store.chunk.XetHash;
import glasshouse.store.object.StoreFolder;
import glasshouse.store.xet.Xorb;
import glasshouse.store.xet.XorbReader;
import java.io.IOException;
import java.io.InputStream;

/** Takes a xorb that somebody sends. It is checked chunk by chunk as it comes, and gets its name once all of it is good. */
final class XorbIntake {
    private XorbIntake() {}

    static Put take(StoreFolder folder, Xorbs xorbs, XetHash expected, InputStream body) throws IOException {
        folder.requireRoom(0);
        try (XorbOutput out = new XorbOutput(folder, xorbs)) {
            XorbReader reader = new XorbReader(body);
            while (reader.next()) {
                out.write(reader.encoded(), 0, reader.encodedBytes());
            }
            Xorb xorb = reader.xorb();
            if (!xorb.hash().equals(expected)) {
                throw new XorbMismatch(expected, xorb.hash());
            }
            return new Put(xorb, out.place(xorb));
        }
    }
}
