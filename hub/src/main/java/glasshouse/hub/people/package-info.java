/**
 * Who people and organisations are, as clients ask for it. Start with {@link glasshouse.hub.people.PeopleRoutes}.
 */
@NullMarked
package glasshouse.hub.people;

import org.jspecify.annotations.NullMarked;
