package glasshouse.hub.entrypage;

import glasshouse.core.entry.RevisionId;
import glasshouse.format.card.CardFile;
import glasshouse.format.card.YamlValue;
import glasshouse.format.source.ByteSource;
import glasshouse.format.source.FormatFailure;
import glasshouse.hub.git.BlobSource;
import glasshouse.hub.git.GitRepo;
import glasshouse.hub.git.TreeItem;
import glasshouse.hub.git.TreeListing;
import glasshouse.hub.page.CardLinks;
import glasshouse.hub.page.EntryFrame;
import glasshouse.hub.page.Markdown;
import glasshouse.hub.page.Wording;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads the card of a revision for people to see. */
final class CardReader {
    private static final int MAX_ROWS = 200;
    private static final int MAX_VALUE = 2_000;
    private static final int MAX_BYTES = 4 << 20;

    private CardReader() {}

    static Optional<CardPage.Card> read(GitRepo repo, RevisionId revision, TreeListing trees, EntryFrame frame)
            throws IOException {
        Optional<TreeItem> found = trees.find(repo, revision, "README.md")
                .filter(item ->
                        item.type() == TreeItem.Type.FILE && item.pointer().isEmpty());
        if (found.isEmpty() || found.get().blobBytes() > MAX_BYTES) {
            return Optional.empty();
        }
        byte[] bytes = BlobSource.bytes(repo, found.get().oid());
        CardLinks links = new CardLinks(
                frame.home() + "/blob/" + frame.segment() + "/",
                "/" + frame.entry().hubPath() + "/resolve/" + frame.segment() + "/",
                "");
        try {
            CardFile card = CardFile.read(ByteSource.of(bytes));
            int from = (int) card.bodyOffset();
            String body = new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
            return Optional.of(new CardPage.Card(rows(card.metadata()), Optional.empty(), Markdown.html(body, links)));
        } catch (FormatFailure fault) {
            String whole = new String(bytes, StandardCharsets.UTF_8);
            return Optional.of(new CardPage.Card(
                    List.of(), Optional.of(String.valueOf(fault.getMessage())), Markdown.html(whole, links)));
        }
    }

    private static List<CardPage.Stated> rows(YamlValue.Fields metadata) {
        List<CardPage.Stated> rows = new ArrayList<>();
        metadata.fields().forEach((key, value) -> {
            if (rows.size() < MAX_ROWS) {
                rows.add(new CardPage.Stated(
                        Wording.clipped(key, 100), Wording.clipped(words(value, 0), MAX_VALUE), value.line()));
            }
        });
        return rows;
    }

    private static String words(YamlValue value, int depth) {
        if (depth > 6) {
            return "…";
        }
        return switch (value) {
            case YamlValue.Text text -> text.text();
            case YamlValue.Whole whole -> whole.number().toString();
            case YamlValue.Decimal decimal ->
                String.format(Locale.ROOT, "%s", decimal.number().toPlainString());
            case YamlValue.Truth truth -> truth.yes() ? "yes" : "no";
            case YamlValue.Nothing nothing -> "nothing";
            case YamlValue.Items items ->
                items.items().stream()
                        .limit(200)
                        .map(item -> words(item, depth + 1))
                        .collect(Collectors.joining(", "));
            case YamlValue.Fields fields ->
                fields.fields().entrySet().stream()
                        .limit(200)
                        .map(field -> field.getKey() + ": " + words(field.getValue(), depth + 1))
                        .collect(Collectors.joining("; ", depth == 0 ? "" : "(", depth == 0 ? "" : ")"));
        };
    }
}
