package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumn;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumns;
import io.cipherfield.hibernate.testing.TestDatabase;
import java.util.List;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.junit.jupiter.api.Test;

class MariadbContentWriterTest {

    @Test
    void writes_every_table_without_a_primary_key() throws Exception {
        try (Unit unit = Unit.before(TestDatabase.MARIADB.fresh(), KeyShapes.ALL)) {
            SessionFactoryImplementor factory = unit.sessions().unwrap(SessionFactoryImplementor.class);
            try (JobConnection connection = JobConnection.open(
                    ConnectionSource.of(factory.getJdbcServices().getBootstrapJdbcConnectionAccess()),
                    new LockTimeout(DatabaseKind.MARIADB, LockTimeout.DEFAULT))) {
                int tables = 0;
                for (List<EncryptedColumn> columns :
                        EncryptedColumns.of(factory).byTable().values()) {
                    TableShape shape = TableShape.read(connection, DatabaseKind.MARIADB, columns, columns);
                    if (shape.address() == Address.CONTENT) {
                        RowWriter writer = RowWriter.of(connection, DatabaseKind.MARIADB, shape, List.of());
                        assertThat(writer).as(shape.table().name()).isInstanceOf(MariadbContentWriter.class);
                        tables++;
                    }
                }
                assertThat(tables).isEqualTo(3);
            }
        }
    }
}
