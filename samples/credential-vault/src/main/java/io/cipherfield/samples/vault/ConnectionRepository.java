package io.cipherfield.samples.vault;

import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Slice;
import org.springframework.data.jpa.repository.JpaRepository;

interface ConnectionRepository extends JpaRepository<DataSourceConnection, Long> {

    Slice<DataSourceConnection> findAllBy(Pageable page);
}
