package glasshouse.store.xet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import glasshouse.store.chunk.ChunkSplitter;
import glasshouse.store.chunk.MerkleTree;
import glasshouse.store.chunk.Vectors;
import glasshouse.store.chunk.XetHash;
import glasshouse.store.chunk.XetHasher;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the reference client really sent when it uploaded four files in one batch. */
class RecordedUploadTest {
    private static final String XORB = "8d764b11613f1ef68325e63d155f2eec0fcf2acdb4e94a212ac1b5e7e1671e37";

    /** The four files by their names. */
    private static final Map<String, byte[]> FILES = Map.of(
            "f15edd43b7e85cfd25e2758ffe13b99fdd09dfa817e8d9f6548722a7a126db7f",
            Vectors.helloWorld(),
            "53f845640fcd1c7440befff65bd93434c83a30c6559a705597d61f2ef64e2f88",
            Vectors.semicolons(),
            "116cd39641ee392863a30c2a5bd6ab04676177a75604729bb98cfc4052fc3131",
            Vectors.splitMix(1, 256_000),
            "ba229905b5fe911fd2f416a9a364ba8c3d7599b7e1f7863f8cecae326bb353ae",
            Vectors.floats());

    private static byte[] recorded(String name) throws IOException {
        Optional<Path> file = Vectors.recorded(name);
        assumeTrue(file.isPresent(), "the recorded upload is not on this machine");
        return Files.readAllBytes(file.orElseThrow());
    }

    private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    @Test
    void theFourFilesHaveTheNamesThatTheClientGaveThem() throws IOException {
        for (Map.Entry<String, byte[]> file : FILES.entrySet()) {
            MerkleTree tree = new MerkleTree();
            XetHasher hasher = new XetHasher();
            ChunkSplitter splitter =
                    new ChunkSplitter((bytes, offset, length) -> tree.add(hasher.chunk(bytes, offset, length), length));
            splitter.write(file.getValue(), 0, file.getValue().length);
            splitter.finish();
            assertThat(XetHasher.file(tree.root())).hasToString(file.getKey());
        }
    }

    @Test
    @Tag("recorded")
    void theXorbAndTheShardMakeTheFourFiles() throws IOException, NoSuchAlgorithmException {
        byte[] body = recorded("four-files.xorb-body");
        XorbReader reader = new XorbReader(new ByteArrayInputStream(body));
        List<byte[]> chunks = new ArrayList<>();
        List<Integer> schemes = new ArrayList<>();
        while (reader.next()) {
            chunks.add(Arrays.copyOf(reader.raw(), reader.header().rawBytes()));
            schemes.add(reader.header().scheme().code());
        }
        Xorb xorb = reader.xorb();
        assertThat(xorb.hash()).hasToString(XORB);
        assertThat(schemes).containsExactly(0, 2, 2, 2, 1, 1, 0, 0, 0, 0);
        assertThat(xorb.encodedBytes()).isEqualTo(body.length);

        Shard shard = Shard.read(recorded("four-files.shard"));
        assertThat(shard.footer()).isEmpty();
        assertThat(shard.files()).hasSize(4);
        Map<String, byte[]> made = new LinkedHashMap<>();
        for (ShardFile file : shard.files()) {
            made.put(file.hash().toString(), file(file, xorb, chunks));
        }
        assertThat(made).containsOnlyKeys(FILES.keySet());
        made.forEach((name, bytes) -> assertThat(bytes).as(name).isEqualTo(FILES.get(name)));

        assertThat(shard.xorbs()).hasSize(1);
        ShardXorb listed = shard.xorbs().getFirst();
        assertThat(listed.hash()).isEqualTo(xorb.hash());
        assertThat(listed.chunks()).extracting(ShardChunk::hash).isEqualTo(xorb.chunks());
        assertThat(listed.rawBytes()).isEqualTo(xorb.rawBytes());
        assertThat(listed.encodedBytes()).as("clients do not say").isZero();
    }

    /** Puts a file together and checks all that the shard claims of it. */
    private static byte[] file(ShardFile file, Xorb xorb, List<byte[]> chunks) throws NoSuchAlgorithmException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        MerkleTree tree = new MerkleTree();
        for (int i = 0; i < file.terms().size(); i++) {
            Term term = file.terms().get(i);
            assertThat(term.xorb()).isEqualTo(xorb.hash());
            List<XetHash> named = xorb.chunks().subList(term.firstChunk(), term.endChunk());
            assertThat(new XetHasher().range(named)).isEqualTo(file.ranges().get(i));
            assertThat(term.rawBytes()).isEqualTo(xorb.rawStart(term.endChunk()) - xorb.rawStart(term.firstChunk()));
            for (int chunk = term.firstChunk(); chunk < term.endChunk(); chunk++) {
                bytes.writeBytes(chunks.get(chunk));
                tree.add(xorb.chunks().get(chunk), chunks.get(chunk).length);
            }
        }
        assertThat(XetHasher.file(tree.root())).isEqualTo(file.hash());
        assertThat(file.sha256()).contains(sha256(bytes.toByteArray()));
        assertThat(file.rawBytes()).isEqualTo(bytes.size());
        return bytes.toByteArray();
    }

    @Test
    @Tag("recorded")
    void theShardIsWrittenBackByteForByte() throws IOException {
        byte[] bytes = recorded("four-files.shard");
        assertThat(Shard.read(bytes).write()).isEqualTo(bytes);
    }

    @Test
    @Tag("recorded")
    void theChunksMakeTheSameXorbWhenWrittenAgain() throws IOException {
        byte[] body = recorded("four-files.xorb-body");
        XorbReader reader = new XorbReader(new ByteArrayInputStream(body));
        ByteArrayOutputStream again = new ByteArrayOutputStream();
        XorbWriter writer = new XorbWriter(again);
        while (reader.next()) {
            writer.add(
                    reader.hash(),
                    reader.header().scheme(),
                    reader.raw(),
                    0,
                    reader.header().rawBytes());
        }
        assertThat(writer.xorb().hash()).hasToString(XORB);
        XorbReader second = new XorbReader(new ByteArrayInputStream(again.toByteArray()));
        while (second.next()) {
            assertThat(second.hash()).isNotEqualTo(XetHash.ZERO);
        }
        assertThat(second.xorb().hash()).hasToString(XORB);
        assertThat(again.size()).as("compression as good as the client's").isLessThan(body.length * 102 / 100);
    }
}
