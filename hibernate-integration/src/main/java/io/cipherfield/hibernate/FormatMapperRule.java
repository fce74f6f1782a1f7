package io.cipherfield.hibernate;

import java.util.List;
import org.hibernate.boot.spi.SessionFactoryOptions;
import org.hibernate.cfg.AvailableSettings;

/** Without a mapper no object could be stored as JSON; better said at the start than by the first value. */
final class FormatMapperRule {

    private FormatMapperRule() {}

    static void check(List<MappedAttribute> attributes, SessionFactoryOptions options) {
        for (MappedAttribute mapped : attributes) {
            if (mapped.attribute().json() != null && JsonFormat.mapper(options) == null) {
                throw Refusal.of(
                        mapped.name(),
                        "it is stored as JSON, and Hibernate has found no JSON mapper in the application",
                        "Add com.fasterxml.jackson.core:jackson-databind to the application; Hibernate 7.4 also takes Jackson 3,"
                                + " tools.jackson.core:jackson-databind. Or set " + AvailableSettings.JSON_FORMAT_MAPPER
                                + " to a FormatMapper.");
            }
        }
    }
}
