package io.cipherfield.samples.vault;

import org.springframework.data.jpa.repository.JpaRepository;

interface ConnectionRepository extends JpaRepository<DataSourceConnection, Long> {}
