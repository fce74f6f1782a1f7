package io.cipherfield.hibernate.internal.journal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.hibernate.dialect.Dialect;
import org.hibernate.dialect.H2Dialect;
import org.hibernate.dialect.MySQLDialect;
import org.hibernate.dialect.OracleDialect;
import org.hibernate.dialect.PostgreSQLDialect;
import org.hibernate.dialect.SQLServerDialect;

/** What each database calls the journal's types, its own clock and the lock of a row. */
enum JournalSql {
    POSTGRESQL("bigint", "varchar", "text", "timestamp(6) with time zone") {
        @Override
        String now() {
            // current_timestamp is that of the transaction's start, and the lock of a row may be waited for since.
            return "clock_timestamp()";
        }

        @Override
        String later(Duration time) {
            return "clock_timestamp() + interval '" + time.toMillis() + " milliseconds'";
        }
    },
    H2("bigint", "varchar", "varchar", "timestamp(6) with time zone") {
        @Override
        String later(Duration time) {
            return "dateadd(millisecond, " + time.toMillis() + ", current_timestamp)";
        }
    },
    /** MySQL too. */
    MARIADB("bigint", "varchar", "mediumtext", "datetime(6)") {
        @Override
        String tableOptions() {
            return " engine = InnoDB character set utf8mb4 collate utf8mb4_bin";
        }

        @Override
        String now() {
            return "utc_timestamp(6)";
        }

        @Override
        String later(Duration time) {
            return "timestampadd(microsecond, " + time.toMillis() * 1000 + ", utc_timestamp(6))";
        }

        @Override
        boolean hasZone() {
            return false;
        }
    },
    ORACLE("number(19)", "varchar2", "clob", "timestamp(6)") {
        @Override
        String now() {
            return "sys_extract_utc(systimestamp)";
        }

        @Override
        String later(Duration time) {
            return "sys_extract_utc(systimestamp) + numtodsinterval(" + time.toMillis() + " / 1000, 'SECOND')";
        }

        @Override
        boolean hasZone() {
            return false;
        }
    },
    SQL_SERVER("bigint", "nvarchar", "nvarchar(max)", "datetime2(6)") {
        @Override
        String now() {
            return "sysutcdatetime()";
        }

        @Override
        String later(Duration time) {
            return "dateadd(millisecond, " + time.toMillis() + ", sysutcdatetime())";
        }

        @Override
        String locking(String select, String table, String condition) {
            return select + " from " + table + " with (updlock, rowlock) where " + condition;
        }

        @Override
        boolean hasZone() {
            return false;
        }
    },
    STANDARD("bigint", "varchar", "clob", "timestamp(6) with time zone");

    private final String number;
    private final String varchar;
    private final String text;
    private final String moment;

    JournalSql(String number, String varchar, String text, String moment) {
        this.number = number;
        this.varchar = varchar;
        this.text = text;
        this.moment = moment;
    }

    static JournalSql of(Dialect dialect) {
        if (dialect instanceof PostgreSQLDialect) {
            return POSTGRESQL;
        }
        if (dialect instanceof H2Dialect) {
            return H2;
        }
        if (dialect instanceof MySQLDialect) {
            return MARIADB;
        }
        if (dialect instanceof OracleDialect) {
            return ORACLE;
        }
        return dialect instanceof SQLServerDialect ? SQL_SERVER : STANDARD;
    }

    String type(JournalColumn.Kind kind) {
        return switch (kind) {
            case ID -> number + " not null primary key";
            case HASH -> varchar + "(64) not null primary key";
            case NUMBER -> number + " default 0 not null";
            case LABEL -> varchar + "(" + PlannedRange.LONGEST_NAME + ")";
            case TEXT -> text;
            case MOMENT -> moment;
        };
    }

    /** A transaction needs InnoDB, and keys that differ in case alone are different. */
    String tableOptions() {
        return "";
    }

    /** The database's clock, not that of any session's time zone. */
    String now() {
        return "current_timestamp";
    }

    String later(Duration time) {
        return "current_timestamp + interval '" + time.toSeconds() + "' second";
    }

    String locking(String select, String table, String condition) {
        return select + " from " + table + " where " + condition + " for update";
    }

    /** Without a zone the column holds UTC, which drivers hand out as it is only as a LocalDateTime. */
    boolean hasZone() {
        return true;
    }

    Instant instant(ResultSet rows, String column) throws SQLException {
        return hasZone()
                ? rows.getObject(column, OffsetDateTime.class).toInstant()
                : rows.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
    }
}
