package io.cipherfield.hibernate.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TestDatabaseTest {

    @ParameterizedTest
    @EnumSource
    void each_fresh_database_is_a_real_one_of_its_own(TestDatabase kind) throws SQLException {
        TestDatabase.Fresh one = kind.fresh();
        TestDatabase.Fresh other = kind.fresh();
        try (Connection first = one.connect();
                Connection second = other.connect();
                Statement inFirst = first.createStatement();
                Statement inSecond = second.createStatement()) {
            assertThat(first.getMetaData().getDatabaseProductName()).isEqualToIgnoringCase(kind.name());
            inFirst.execute("create table t (c varchar(10) primary key)");
            inSecond.execute("create table t (c varchar(10) primary key)");
            inFirst.execute("insert into t values ('x')");
            try (ResultSet rows = inSecond.executeQuery("select count(*) from t")) {
                rows.next();
                assertThat(rows.getInt(1)).isZero();
            }
        }
    }

    @Test
    void mariadb_stores_every_character() throws SQLException {
        try (Connection connection = TestDatabase.MARIADB.fresh().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create table t (c varchar(10))");
            statement.execute("insert into t values ('\uD83D\uDD11')");
            try (ResultSet rows = statement.executeQuery("select c from t")) {
                rows.next();
                assertThat(rows.getString(1)).isEqualTo("\uD83D\uDD11");
            }
        }
    }
}
