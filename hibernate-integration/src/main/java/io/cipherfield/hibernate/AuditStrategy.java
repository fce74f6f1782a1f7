package io.cipherfield.hibernate;

import org.hibernate.engine.config.spi.ConfigurationService;
import org.hibernate.mapping.SimpleValue;

/** How Envers writes history; known by its setting alone, since Envers need not be on the class path. */
final class AuditStrategy {

    private static final String SETTING = "org.hibernate.envers.audit_strategy";
    private static final String ROWS_STAY_AS_WRITTEN = "DefaultAuditStrategy";

    private AuditStrategy() {}

    /** Whether a change also updates the row before it, found by its primary key. A strategy of one's own may. */
    static boolean closesRows(SimpleValue value) {
        Object strategy = value.getServiceRegistry()
                .requireService(ConfigurationService.class)
                .getSettings()
                .get(SETTING);
        String name = strategy == null ? "" : strategy.toString();
        return !name.isEmpty() && !name.equals("default") && !name.endsWith(ROWS_STAY_AS_WRITTEN);
    }
}
