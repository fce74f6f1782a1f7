package io.cipherfield.hibernate.internal.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.hibernate.dialect.Dialect;
import org.hibernate.dialect.MySQLDialect;
import org.hibernate.dialect.OracleDialect;
import org.hibernate.dialect.SQLServerDialect;
import org.junit.jupiter.api.Test;

/** The SQL of databases that are not run here. */
class JournalSqlTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static String quarantine(Dialect dialect) {
        List<String> ddl = Journal.of(dialect, "ops.cipherfield_reencryption").ddl();
        assertThat(ddl).hasSize(3);
        assertThat(ddl.get(0)).startsWith("create table ops.cipherfield_reencryption (\n");
        assertThat(ddl.get(1)).startsWith("create table ops.cipherfield_reencryption_range (\n");
        return ddl.get(2);
    }

    @Test
    void mysql_is_asked_as_mariadb_is() {
        assertThat(quarantine(new MySQLDialect())).isEqualTo("""
                        create table ops.cipherfield_quarantine (
                            id varchar(64) not null primary key,
                            run_no bigint default 0 not null,
                            table_name varchar(500),
                            table_place varchar(500),
                            row_key mediumtext,
                            column_name varchar(500),
                            key_id varchar(500),
                            reason mediumtext,
                            fingerprint varchar(500),
                            found_at datetime(6)
                        ) engine = InnoDB character set utf8mb4 collate utf8mb4_bin""");
        assertThat(JournalSql.of(new MySQLDialect()).later(MINUTE))
                .isEqualTo("timestampadd(microsecond, 60000000, utc_timestamp(6))");
    }

    @Test
    void oracle() {
        assertThat(quarantine(new OracleDialect())).isEqualTo("""
                        create table ops.cipherfield_quarantine (
                            id varchar2(64) not null primary key,
                            run_no number(19) default 0 not null,
                            table_name varchar2(500),
                            table_place varchar2(500),
                            row_key clob,
                            column_name varchar2(500),
                            key_id varchar2(500),
                            reason clob,
                            fingerprint varchar2(500),
                            found_at timestamp(6)
                        )""");
        JournalSql sql = JournalSql.of(new OracleDialect());
        assertThat(sql.now()).isEqualTo("sys_extract_utc(systimestamp)");
        assertThat(sql.later(MINUTE))
                .isEqualTo("sys_extract_utc(systimestamp) + numtodsinterval(60000 / 1000, 'SECOND')");
        assertThat(sql.locking("select token", "job", "id = 1"))
                .isEqualTo("select token from job where id = 1 for update");
    }

    @Test
    void sql_server() {
        assertThat(quarantine(new SQLServerDialect())).isEqualTo("""
                        create table ops.cipherfield_quarantine (
                            id nvarchar(64) not null primary key,
                            run_no bigint default 0 not null,
                            table_name nvarchar(500),
                            table_place nvarchar(500),
                            row_key nvarchar(max),
                            column_name nvarchar(500),
                            key_id nvarchar(500),
                            reason nvarchar(max),
                            fingerprint nvarchar(500),
                            found_at datetime2(6)
                        )""");
        JournalSql sql = JournalSql.of(new SQLServerDialect());
        assertThat(sql.later(MINUTE)).isEqualTo("dateadd(millisecond, 60000, sysutcdatetime())");
        assertThat(sql.locking("select token", "job", "id = 1"))
                .isEqualTo("select token from job with (updlock, rowlock) where id = 1");
        assertThat(Journal.of(new SQLServerDialect(), "[a b].[The re-encryption]")
                        .ddl())
                .extracting(ddl -> ddl.substring(0, ddl.indexOf(" (")))
                .containsExactly(
                        "create table [a b].[The re-encryption]",
                        "create table [a b].[The re-encryption_range]",
                        "create table [a b].[The re-encryption_quarantine]");
    }

    @Test
    void any_other_database_is_asked_in_standard_sql() {
        assertThat(JournalSql.STANDARD.later(MINUTE)).isEqualTo("current_timestamp + interval '60' second");
        assertThat(JournalSql.STANDARD.type(JournalColumn.Kind.MOMENT)).isEqualTo("timestamp(6) with time zone");
    }

    @Test
    void an_empty_name_and_a_lease_of_no_time_are_refused() {
        assertThatThrownBy(() -> Journal.of(new MySQLDialect(), " "))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("empty");
        assertThatThrownBy(() -> new PlannedRange("person", "", null)).isInstanceOf(IllegalArgumentException.class);
    }
}
