package io.cipherfield.hibernate.internal.hazard;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the current user and its active roles may do, as {@code show grants} prints it. */
final class MariadbGrants {

    private static final Pattern GRANT = Pattern.compile(
            "GRANT (.+?) ON (?:TABLE )?(\\*|`(?:[^`]|``)*`)\\.(\\*|`(?:[^`]|``)*`) TO .*", Pattern.DOTALL);

    private record Grant(List<String> privileges, String schema, String table) {}

    private final List<Grant> grants = new ArrayList<>();

    private MariadbGrants() {}

    static MariadbGrants of(Connection connection) throws SQLException {
        List<String> lines = new ArrayList<>();
        CatalogueQuery.each(connection, "show grants", row -> lines.add(row.getString(1)));
        return parse(lines);
    }

    static MariadbGrants parse(List<String> lines) {
        MariadbGrants parsed = new MariadbGrants();
        for (String line : lines) {
            Matcher grant = GRANT.matcher(line);
            if (grant.matches()) {
                List<String> privileges = Arrays.stream(grant.group(1).split(","))
                        .map(privilege -> privilege.trim().toUpperCase(Locale.ROOT))
                        .toList();
                parsed.grants.add(new Grant(privileges, grant.group(2), grant.group(3)));
            }
        }
        return parsed;
    }

    boolean allow(String privilege, String schema, String table) {
        return grants.stream()
                .filter(grant -> grant.privileges().contains(privilege)
                        || grant.privileges().contains("ALL PRIVILEGES"))
                .anyMatch(grant -> (grant.schema().equals("*")
                                || pattern(grant).matcher(schema).matches())
                        && (grant.table().equals("*") || unquoted(grant.table()).equalsIgnoreCase(table)));
    }

    /** A schema's name is a pattern of {@code like} in a grant on all of its tables, and a plain name in one on a single table. */
    private static Pattern pattern(Grant grant) {
        String name = unquoted(grant.schema());
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean wild = grant.table().equals("*");
            if (wild && c == '\\' && i + 1 < name.length()) {
                regex.append(Pattern.quote(name.substring(i + 1, i + 2)));
                i++;
            } else if (wild && c == '%') {
                regex.append(".*");
            } else if (wild && c == '_') {
                regex.append('.');
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }

    private static String unquoted(String name) {
        return name.substring(1, name.length() - 1).replace("``", "`");
    }
}
