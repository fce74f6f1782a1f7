package io.cipherfield.samples.vault;

import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;

interface ConnectionRepository extends JpaRepository<DataSourceConnection, Long> {

    Optional<DataSourceConnection> findByName(String name);
}
