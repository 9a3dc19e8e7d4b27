package glasshouse.hub.job;

import glasshouse.core.entry.RevisionId;
import glasshouse.format.card.CardFile;
import glasshouse.format.card.Section;
import glasshouse.format.source.ByteSource;
import glasshouse.format.source.FormatFailure;
import glasshouse.hub.git.GitRepo;
import glasshouse.hub.index.Entry;
import glasshouse.hub.web.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/** Reads what an entry's row says of the head of its default branch: its commit and its card. Cheap: two objects and a folder. */
final class HeadReader {
    private static final String CARD = "README.md";
    private static final int MAX_CARD_JSON = 1 << 20;
    private static final int MAX_TITLE = 300;

    /** A root folder with more bytes than this (some 50,000 names) is looked through by a job, and not while a push waits. */
    private static final long MAX_ROOT_BYTES = 2 << 20;

    private final InstantSource clock;

    HeadReader(InstantSource clock) {
        this.clock = clock;
    }

    /** Whether to read the card even where it takes long to find. */
    enum Patience {
        QUICK,
        THOROUGH
    }

    /**
     * The head with what its commit and card say; what is counted and inspected stays as it was.
     *
     * @param old the head so far
     */
    Entry.Head read(GitRepo repo, Entry entry, RevisionId revision, Entry.Head old, Patience patience)
            throws IOException {
        try (ObjectReader reader = repo.jgit().newObjectReader();
                RevWalk walk = new RevWalk(reader)) {
            RevCommit commit = walk.parseCommit(ObjectId.fromString(revision.value()));
            Instant modified = clamp(Instant.ofEpochSecond(commit.getCommitTime()), entry.createdAt());
            Entry.Head plain = at(old, Optional.of(revision), modified);
            boolean look = patience == Patience.THOROUGH
                    || reader.getObjectSize(commit.getTree(), Constants.OBJ_TREE) <= MAX_ROOT_BYTES;
            return look ? withCard(entry, plain, card(reader, commit.getTree())) : plain;
        }
    }

    /** A commit says when it was made, and may say anything: not before the entry, and not after today. */
    private Instant clamp(Instant said, Instant created) {
        Instant now = clock.instant();
        Instant past = said.isAfter(now) ? now : said;
        return past.isBefore(created) ? created : past;
    }

    private static Optional<byte[]> card(ObjectReader reader, ObjectId root) throws IOException {
        try (TreeWalk walk = TreeWalk.forPath(reader, CARD, root)) {
            if (walk == null
                    || !(walk.getFileMode(0).equals(FileMode.REGULAR_FILE)
                            || walk.getFileMode(0).equals(FileMode.EXECUTABLE_FILE))) {
                return Optional.empty();
            }
            var blob = reader.open(walk.getObjectId(0), Constants.OBJ_BLOB);
            if (blob.getSize() <= CardFile.MAX_READ_BYTES) {
                return Optional.of(blob.getCachedBytes(CardFile.MAX_READ_BYTES));
            }
            try (var in = blob.openStream()) {
                return Optional.of(in.readNBytes(CardFile.MAX_READ_BYTES));
            }
        }
    }

    private static Entry.Head withCard(Entry entry, Entry.Head head, Optional<byte[]> bytes) throws IOException {
        Map<String, @Nullable Object> card = Map.of();
        String title = "";
        if (bytes.isPresent()) {
            try {
                CardFile file = CardFile.read(ByteSource.of(bytes.get()));
                card = file.plainMetadata();
                title = title(file.sections());
            } catch (FormatFailure e) {
                // A card that cannot be read says nothing here; the inspection says what is wrong with it.
            }
        }
        String json = Json.text(card);
        if (json.length() > MAX_CARD_JSON) {
            card = Map.of();
            json = "{}";
        }
        String text = bytes.map(b -> new String(b, StandardCharsets.UTF_8)).orElse("");
        Set<String> tags = new LinkedHashSet<>(CardTags.of(entry.kind(), card, text));
        Optional<String> task = switch (entry.kind()) {
            case MODEL -> CardTags.first(card, "pipeline_tag");
            case DATASET -> CardTags.first(card, "task_categories");
            case CODE -> Optional.empty();
        };
        Optional<String> library = switch (entry.kind()) {
            case MODEL -> CardTags.first(card, "library_name");
            case DATASET -> Optional.empty();
            case CODE -> CardTags.first(card, "sdk");
        };
        // Tags that come from files are kept until the files are counted again.
        head.tags().stream().filter(Tally::isFileTag).forEach(tags::add);
        return new Entry.Head(
                head.revision(),
                head.modifiedAt(),
                json,
                title,
                List.copyOf(tags),
                CardTags.first(card, "license"),
                library,
                task,
                head.parameters(),
                head.weights(),
                head.files(),
                head.fileBytes(),
                head.usedBytes(),
                head.contradicted(),
                head.statements(),
                head.fault());
    }

    private static String title(List<Section> sections) {
        String title = sections.stream()
                .filter(section -> section.level() == 1)
                .map(Section::title)
                .findFirst()
                .orElse("")
                .replaceAll("\\p{Cntrl}+", " ")
                .strip();
        return title.length() <= MAX_TITLE ? title : title.substring(0, MAX_TITLE) + "…";
    }

    /** The head at another revision, all else as it was. */
    static Entry.Head at(Entry.Head old, Optional<RevisionId> revision, Instant modified) {
        return new Entry.Head(
                revision,
                modified,
                old.card(),
                old.title(),
                old.tags(),
                old.licence(),
                old.library(),
                old.task(),
                old.parameters(),
                old.weights(),
                old.files(),
                old.fileBytes(),
                old.usedBytes(),
                old.contradicted(),
                old.statements(),
                old.fault());
    }

    /** The head with what was counted in its files. */
    static Entry.Head with(Entry.Head head, Tally tally, long usedBytes) {
        List<String> tags = new ArrayList<>(head.tags());
        tags.removeIf(Tally::isFileTag);
        tally.tags().stream().filter(tag -> !tags.contains(tag)).forEach(tags::add);
        return new Entry.Head(
                head.revision(),
                head.modifiedAt(),
                head.card(),
                head.title(),
                List.copyOf(tags),
                head.licence(),
                head.library(),
                head.task(),
                head.parameters(),
                head.weights(),
                tally.files(),
                tally.bytes(),
                usedBytes,
                head.contradicted(),
                head.statements(),
                Optional.empty());
    }

    /** The head with what was seen in its files. */
    static Entry.Head with(
            Entry.Head head, Optional<Long> parameters, Optional<String> weights, int contradicted, int statements) {
        return new Entry.Head(
                head.revision(),
                head.modifiedAt(),
                head.card(),
                head.title(),
                head.tags(),
                head.licence(),
                head.library(),
                head.task(),
                parameters,
                weights,
                head.files(),
                head.fileBytes(),
                head.usedBytes(),
                contradicted,
                statements,
                head.fault());
    }

    /** One head with what was seen in the files of another reading of it. */
    static Entry.Head seen(Entry.Head head, Entry.Head other) {
        return with(head, other.parameters(), other.weights(), other.contradicted(), other.statements());
    }

    /** One head with the commit and card of another reading of it. */
    static Entry.Head card(Entry.Head counted, Entry.Head read) {
        return new Entry.Head(
                read.revision(),
                read.modifiedAt(),
                read.card(),
                read.title(),
                read.tags(),
                read.licence(),
                read.library(),
                read.task(),
                counted.parameters(),
                counted.weights(),
                counted.files(),
                counted.fileBytes(),
                counted.usedBytes(),
                counted.contradicted(),
                counted.statements(),
                counted.fault());
    }

    /** The head of an entry whose default branch has no commit. */
    static Entry.Head empty(Entry entry) {
        Entry.Head none = Entry.Head.unknown(entry.createdAt());
        return card(none, none);
    }

    /** The head with what is wrong with its repository. */
    static Entry.Head withFault(Entry.Head head, String fault) {
        return new Entry.Head(
                head.revision(),
                head.modifiedAt(),
                head.card(),
                head.title(),
                head.tags(),
                head.licence(),
                head.library(),
                head.task(),
                head.parameters(),
                head.weights(),
                head.files(),
                head.fileBytes(),
                head.usedBytes(),
                head.contradicted(),
                head.statements(),
                Optional.of(fault));
    }
}
