package glasshouse.hub.web;

import glasshouse.core.access.Action;
import glasshouse.hub.index.Entry;
import java.util.List;
import java.util.Set;

/** What must be allowed before a handler runs. Asked in one place, in front of every handler. */
public sealed interface Guard {
    /** Something that a call demands. */
    sealed interface Demand {
        Action action();

        /** An action on the instance. */
        record OnInstance(Action action) implements Demand {}

        /** An action on a namespace. */
        record OnNamespace(Action action, String namespace) implements Demand {}

        /** An action on an entry. */
        record OnEntry(Action action, Entry entry) implements Demand {}
    }

    /** Finds what a call demands where its path alone does not say. */
    @FunctionalInterface
    interface Finder {
        List<Demand> find(Call call) throws Exception;
    }

    /** An action on the instance as a whole. */
    record Instance(Action action) implements Guard {}

    /** An action on the namespace in the path parameter {@code ns}. */
    record Namespace(Action action) implements Guard {}

    /** An action on the entry in the path. */
    record OfEntry(Action action) implements Guard {}

    /**
     * What is demanded stands in the query or the body.
     *
     * @param actions all that can be demanded, for the reference and the tests
     * @param entryInPath whether the path names an entry, which must be found first
     */
    record Found(Set<Action> actions, boolean entryInPath, Finder finder) implements Guard {
        public Found {
            actions = Set.copyOf(actions);
        }
    }

    /** Anybody. */
    static Guard anybody() {
        return new Instance(Action.BROWSE);
    }

    static Guard signedIn() {
        return new Instance(Action.ACT_AS_SELF);
    }

    /** Whoever is signed in with a browser: tokens do not reach as far. */
    static Guard session() {
        return new Instance(Action.MANAGE_SELF);
    }

    static Guard operator() {
        return new Instance(Action.ADMINISTER_INSTANCE);
    }

    static Guard entry(Action action) {
        return new OfEntry(action);
    }

    static Guard namespace(Action action) {
        return new Namespace(action);
    }

    /** Whether the path names an entry. */
    default boolean hasEntry() {
        return switch (this) {
            case OfEntry of -> true;
            case Found found -> found.entryInPath();
            case Instance instance -> false;
            case Namespace namespace -> false;
        };
    }
}
