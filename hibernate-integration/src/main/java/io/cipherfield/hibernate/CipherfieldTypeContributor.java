package io.cipherfield.hibernate;

import org.hibernate.boot.model.TypeContributions;
import org.hibernate.boot.model.TypeContributor;
import org.hibernate.service.ServiceRegistry;

/** Registers the JDBC types of ciphertexts; found by Hibernate's service loader. */
public final class CipherfieldTypeContributor implements TypeContributor {

    /** For the service loader. */
    public CipherfieldTypeContributor() {}

    @Override
    public void contribute(TypeContributions contributions, ServiceRegistry registry) {
        SealedJdbcType.all().forEach(contributions::contributeJdbcType);
        contributions.contributeJavaType(SealedJavaType.INSTANCE);
    }
}
