package glasshouse.store.xet;

import glasshouse.store.chunk.XetHash;
import java.util.HexFormat;

/** Numbers that reader and writer of shards share; the grammar is at {@link ShardReader}. */
final class ShardFormat {
    static final int RECORD_BYTES = 48;
    static final int FOOTER_BYTES = 200;
    static final long HEADER_VERSION = 2;
    static final long FOOTER_VERSION = 1;

    /** In the header of a file: a range hash per term follows the terms. */
    static final int WITH_RANGES = 1 << 31;
    /** In the header of a file: its SHA-256 follows at last. */
    static final int WITH_SHA256 = 1 << 30;
    /** At a chunk of a xorb: offered to others. */
    static final int OFFERED = 1 << 31;

    /** Stands where the name of the next file or xorb would. */
    static final XetHash END = new XetHash(-1, -1, -1, -1);

    private static final byte[] MAGIC =
            HexFormat.of().parseHex("48465265706f4d657461446174610055" + "6967456a7b815783a5bdd95ccdd14aa9");

    private ShardFormat() {}

    static byte[] magic() {
        return MAGIC.clone();
    }
}
