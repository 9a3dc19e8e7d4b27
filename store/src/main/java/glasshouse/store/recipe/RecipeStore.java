package glasshouse.store.recipe;

import glasshouse.store.chunk.XetHash;
import glasshouse.store.disk.Disk;
import glasshouse.store.object.ContentHash;
import glasshouse.store.object.Expectation;
import glasshouse.store.object.FolderStore;
import glasshouse.store.object.Leaves;
import glasshouse.store.object.MergedNames;
import glasshouse.store.object.NotAStore;
import glasshouse.store.object.ObjectStore;
import glasshouse.store.object.ObjectWriter;
import glasshouse.store.object.OnDamage;
import glasshouse.store.object.Sha256;
import glasshouse.store.object.StoreFolder;
import glasshouse.store.object.StoreMarker;
import glasshouse.store.object.Stored;
import glasshouse.store.object.StoredObject;
import glasshouse.store.object.Verification;
import glasshouse.store.recipe.BadRecipe.Reason;
import glasshouse.store.xet.ShardFile;
import glasshouse.store.xet.Term;
import glasshouse.store.xet.Xorb;
import glasshouse.store.xet.XorbReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Objects as recipes, layout {@code chunks}, version 1:
 *
 * <pre>
 * format                          what this is: see {@link StoreMarker}
 * xorbs/ab/(64 hex digits).x      a xorb: its body, then {@link glasshouse.store.xet.XorbFooter}; named by the text of its hash
 * recipes/ab/cd/abcd….r           how an object is put together: see {@link RecipeFile}; named by the SHA-256 of the object
 * objects/ab/cd/abcd…             what a {@link FolderStore} wrote here earlier; read until it is converted
 * tmp/glasshouse-(16 hex)-(n).part    on its way in; deleted when the store is opened. Other names in tmp/ are not touched
 * aside/abcd….(16 hex)-(n)        an object or recipe that was found corrupt; kept for people to look at, never read
 * </pre>
 *
 * A xorb is written under a temporary name, synced, renamed into place, and its folder synced; then likewise the recipe that names
 * it; then the object is acknowledged. There is nothing else to be kept in step with: no journal, no table. An object that has a
 * recipe and is in {@code objects} as well is read by its recipe. One process at a time has the store open: the one that holds
 * the lock of the data folder.
 *
 * <p>Xorbs that no recipe names are what failed uploads and deleted objects leave. Nothing here deletes them.
 */
public final class RecipeStore implements ObjectStore {
    static final StoreMarker CHUNKS_1 = new StoreMarker("chunks", 1);

    /** 64 GiB of chunks of the usual size, in 22 MiB of memory. */
    private static final int INDEX_SLOTS = 1 << 20;

    private final StoreFolder folder;
    private final FolderStore plain;
    private final RecipeFiles recipes;
    private final Xorbs xorbs;
    private final ChunkIndex index;
    private final int xorbRawBytes;

    /**
     * Opens the store in a folder, or makes one there if the folder is missing or empty. A store of layout {@code folder} becomes
     * one of this layout: everything in it stays readable, and versions that know only that layout refuse it from then on.
     *
     * @param reserveBytes how much of the disk is left free for others; what would go below is refused as if the disk were full
     * @throws NotAStore where the folder holds something else, or what a later version wrote
     */
    public static RecipeStore open(Disk disk, Path root, long reserveBytes) throws IOException {
        return open(disk, root, reserveBytes, INDEX_SLOTS, Xorb.MAX_WRITTEN_RAW_BYTES);
    }

    /**
     * As {@link #open(Disk, Path, long)}.
     *
     * @param indexSlots how many chunks are remembered to be found again: 22 bytes of memory for each
     * @param xorbRawBytes how many bytes of chunks a xorb takes that is written here, at most 64 MiB
     */
    static RecipeStore open(Disk disk, Path root, long reserveBytes, int indexSlots, int xorbRawBytes)
            throws IOException {
        StoreFolder folder = StoreFolder.open(
                disk, root, reserveBytes, CHUNKS_1, List.of(StoreMarker.FOLDER_1), List.of("xorbs", "recipes"));
        return new RecipeStore(folder, indexSlots, xorbRawBytes);
    }

    private RecipeStore(StoreFolder folder, int indexSlots, int xorbRawBytes) {
        this.folder = folder;
        this.plain = new FolderStore(folder);
        this.recipes = new RecipeFiles(folder, folder.root().resolve("recipes"));
        this.xorbs = new Xorbs(folder, folder.root().resolve("xorbs"));
        this.index = new ChunkIndex(indexSlots);
        this.xorbRawBytes = xorbRawBytes;
    }

    StoreFolder folder() {
        return folder;
    }

    Xorbs xorbs() {
        return xorbs;
    }

    RecipeFiles recipes() {
        return recipes;
    }

    ChunkIndex index() {
        return index;
    }

    int xorbRawBytes() {
        return xorbRawBytes;
    }

    /** The objects that are not recipes yet. What is put there by other ways than this store is read and converted as well. */
    public FolderStore plainObjects() {
        return plain;
    }

    /** Begins to take an object in that shares chunks with itself alone. */
    @Override
    public ObjectWriter begin(Expectation expected) throws IOException {
        return begin(expected, Optional.empty(), () -> {});
    }

    /** Begins to take an object in; chunks that were stored in the same scope are used again. */
    public ObjectWriter begin(Expectation expected, Scope scope) throws IOException {
        return begin(expected, Optional.of(scope), () -> {});
    }

    ObjectWriter begin(Expectation expected, Optional<Scope> scope, Leaves.Step beforeBinding) throws IOException {
        folder.requireRoom(expected.sizeBytes().orElse(0));
        return new RecipeWriter(this, expected, scope, beforeBinding);
    }

    /** Puts a recipe in place. Its xorbs were put in place before. Durable when this returns. */
    void bind(Recipe recipe, Optional<Scope> scope, Leaves.Step beforeBinding) throws IOException {
        // INVARIANT: xorbs before the recipe that names them. One that was only found may be known to memory alone.
        for (XetHash xorb : recipe.terms().stream().map(Term::xorb).distinct().toList()) {
            xorbs.settle(xorb);
        }
        recipes.put(recipe, scope, beforeBinding);
    }

    /**
     * How an object is put together; empty if it is not here or is kept as it came. Then it is here for good.
     *
     * @throws DamagedObject where its recipe is damaged
     */
    public Optional<Recipe> recipe(Sha256 sha256) throws IOException {
        Optional<Recipe> found = recipes.read(sha256).map(RecipeFile::recipe);
        if (found.isPresent()) {
            recipes.settle(sha256);
        }
        return found;
    }

    /**
     * Takes a xorb as it comes; durable when this returns. A good one that is here with its chunks at other places is kept.
     *
     * @param body is read to its end and not closed
     * @throws glasshouse.store.xet.BadXorb where the bytes are no xorb
     * @throws XorbMismatch where they are another one
     */
    public Put putXorb(XetHash expected, InputStream body) throws IOException {
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

    /** Whether a xorb is here for good. Its bytes are not read. */
    public boolean containsXorb(XetHash hash) throws IOException {
        return xorbs.contains(hash);
    }

    /**
     * Opens a xorb for reading, if it is here.
     *
     * @throws DamagedXorb where its footer is damaged
     */
    public Optional<OpenXorb> openXorb(XetHash hash) throws IOException {
        return xorbs.open(hash);
    }

    /**
     * Makes a file that is put together from xorbs an object: checks all that is said of it, and reads it once. Durable when this
     * returns. Which xorbs the sender may name is for the caller to know; here it is only shown that the sender knows their chunks.
     *
     * @param scope from now on its chunks are found in this scope
     * @throws BadRecipe where something that is said is not so; nothing is bound
     */
    public Stored bind(ShardFile file, Scope scope) throws IOException {
        new Binding(xorbs).check(file);
        Optional<Sha256> claim = file.sha256().map(Sha256::new);
        // Until its digest is known it goes by the one that is claimed, or by that of nothing.
        Recipe unnamed = Recipe.of(claim.orElse(Sha256.OF_NOTHING), file);
        Stored actual;
        try (OpenRecipe object = opened(unnamed, true)) {
            actual = ContentHash.of(object);
        } catch (DamagedObject damaged) {
            throw new BadRecipe(Reason.DAMAGED_XORB, damaged);
        }
        if (claim.isPresent() && !claim.get().equals(actual.sha256())) {
            throw new BadRecipe(
                    Reason.WRONG_SHA256,
                    "sha256 " + claim.get() + " was claimed and the bytes have " + actual.sha256());
        }
        Recipe recipe = Recipe.of(actual.sha256(), file);
        bind(recipe, Optional.of(scope), () -> {});
        remember(recipe, List.of(scope.key()));
        return actual;
    }

    private void remember(Recipe recipe, List<Long> scopes) throws IOException {
        for (Term term : recipe.terms()) {
            Optional<OpenXorb> opened = xorbs.open(term.xorb());
            if (opened.isPresent()) {
                try (OpenXorb open = opened.get()) {
                    int end = Math.min(term.endChunk(), open.xorb().chunks().size());
                    for (long scope : scopes) {
                        index.add(scope, open.xorb(), term.firstChunk(), end);
                    }
                }
            }
        }
    }

    /**
     * Fills the index of chunks from what is on the disk, in the order of the names of the objects: to be run in the background
     * after the store was opened. Until it is done, chunks are stored again that are here already. What is damaged is passed over.
     *
     * @param goOn is asked before each object
     * @return how many objects were read
     */
    public long refillIndex(BooleanSupplier goOn) throws IOException {
        long read = 0;
        try (Stream<Sha256> names = recipes.list()) {
            for (Sha256 name : (Iterable<Sha256>) names::iterator) {
                if (!goOn.getAsBoolean()) {
                    break;
                }
                try {
                    Optional<RecipeFile> file = recipes.read(name);
                    if (file.isPresent() && !file.get().scopes().isEmpty()) {
                        List<Long> scopes = file.get().scopes().stream()
                                .map(scope -> new Scope(scope).key())
                                .toList();
                        remember(file.get().recipe(), scopes);
                    }
                    read++;
                } catch (DamagedObject | DamagedXorb damaged) {
                    // Verifying tells of it.
                }
            }
        } catch (UncheckedIOException unlisted) {
            throw unlisted.getCause();
        }
        return read;
    }

    /** A recipe that cannot be read counts as none: whoever asks sends the object again, which heals it. */
    @Override
    public OptionalLong sizeBytes(Sha256 sha256) throws IOException {
        for (int look = 0; look < 2; look++) {
            try {
                Optional<Recipe> recipe = recipe(sha256);
                if (recipe.isPresent()) {
                    return OptionalLong.of(recipe.get().sizeBytes());
                }
            } catch (DamagedObject damaged) {
                return plain.sizeBytes(sha256);
            }
            OptionalLong size = plain.sizeBytes(sha256);
            if (size.isPresent()) {
                return size;
            }
            // It may have been converted between the two looks.
        }
        return OptionalLong.empty();
    }

    /**
     * Opens an object for reading. Every chunk is compared with its name when it is read.
     *
     * @throws DamagedObject where its recipe is damaged; reading throws it where a chunk or a footer is
     */
    @Override
    public Optional<StoredObject> open(Sha256 sha256) throws IOException {
        for (int look = 0; look < 2; look++) {
            try {
                Optional<RecipeFile> file = recipes.read(sha256);
                if (file.isPresent()) {
                    return Optional.of(opened(file.get().recipe(), false));
                }
            } catch (DamagedObject damaged) {
                Optional<StoredObject> kept = plain.open(sha256);
                if (kept.isPresent()) {
                    return kept;
                }
                throw damaged;
            }
            Optional<StoredObject> object = plain.open(sha256);
            if (object.isPresent()) {
                return object;
            }
            // It may have been converted between the two looks.
        }
        return Optional.empty();
    }

    private OpenRecipe opened(Recipe recipe, boolean fresh) {
        return new OpenRecipe(recipe, new XorbHandles(xorbs, fresh), folder.pieces());
    }

    /** Reads an object again from the disk, footers included, and compares its digest. */
    @Override
    public Verification verify(Sha256 sha256, OnDamage onDamage) throws IOException {
        Verification found = verifyRecipe(sha256, onDamage);
        if (found instanceof Verification.Missing) {
            found = plain.verify(sha256, onDamage);
            if (found instanceof Verification.Missing) {
                // It may have been converted between the two looks.
                found = verifyRecipe(sha256, onDamage);
            }
        }
        return found;
    }

    /** As {@link #verify}, for the recipe alone. */
    Verification verifyRecipe(Sha256 sha256, OnDamage onDamage) throws IOException {
        int changes = recipes.changes(sha256);
        String found;
        try {
            Optional<RecipeFile> file = recipes.read(sha256);
            if (file.isEmpty()) {
                return new Verification.Missing();
            }
            try (OpenRecipe object = opened(file.get().recipe(), true)) {
                Stored actual = ContentHash.of(object);
                if (actual.sha256().equals(sha256)) {
                    return new Verification.Whole(actual.sizeBytes());
                }
                found = actual.sizeBytes() + " bytes with sha256 " + actual.sha256();
            }
        } catch (ClosedChannelException | InterruptedIOException stopped) {
            // Somebody wants this thread to stop. That says nothing about the object.
            throw stopped;
        } catch (IOException unreadable) {
            found = "it cannot be read: " + unreadable.getMessage();
        }
        boolean setAside = switch (onDamage) {
            case REPORT -> false;
            case SET_ASIDE -> recipes.setAside(sha256, changes);
        };
        return new Verification.Corrupt(found, setAside);
    }

    /** Deletes the recipe of an object; its chunks stay until they are collected. */
    @Override
    public boolean delete(Sha256 sha256) throws IOException {
        // INVARIANT: first what is converted, then what it is converted to; see Conversion.
        boolean wasPlain = plain.delete(sha256);
        return recipes.delete(sha256) || wasPlain;
    }

    @Override
    public Stream<Sha256> list() throws IOException {
        return MergedNames.of(recipes.list(), plain.list());
    }

    @Override
    public long usableBytes() throws IOException {
        return folder.usableBytes();
    }
}
