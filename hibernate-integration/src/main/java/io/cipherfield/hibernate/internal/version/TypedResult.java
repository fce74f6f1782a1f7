package io.cipherfield.hibernate.internal.version;

import java.util.BitSet;
import org.hibernate.spi.NavigablePath;
import org.hibernate.sql.results.graph.AssemblerCreationState;
import org.hibernate.sql.results.graph.DomainResult;
import org.hibernate.sql.results.graph.DomainResultAssembler;
import org.hibernate.sql.results.graph.InitializerParent;
import org.hibernate.sql.results.graph.basic.BasicResult;
import org.hibernate.sql.results.jdbc.spi.RowProcessingState;
import org.hibernate.type.descriptor.java.JavaType;
import org.jspecify.annotations.Nullable;

/**
 * A selected value that names its Java type. Hibernate 7 asks a converter's class for the type, which for every encrypted attribute
 * says Object; then constructors are not found and arrays are taken for rows. What the value is does not change. On Hibernate 6.6
 * it finds nothing to do.
 */
public record TypedResult<T>(DomainResult<T> result) implements DomainResult<T> {

    /** A row's item: the value itself is typed, an entity or an instantiation stays as it is. */
    public static DomainResult<?> of(DomainResult<?> item) {
        return item instanceof BasicResult<?> ? new TypedResult<>(item) : item;
    }

    @Override
    @SuppressWarnings("unchecked")
    public DomainResultAssembler<T> createResultAssembler(
            @Nullable InitializerParent<?> parent, AssemblerCreationState state) {
        DomainResultAssembler<T> assembler = result.createResultAssembler(parent, state);
        JavaType<T> assembled = assembler.getAssembledJavaType();
        return assembled != null && assembled.getJavaTypeClass() == Object.class
                ? new Assembler<>(assembler, (JavaType<T>) result.getResultJavaType())
                : assembler;
    }

    @Override
    public String getResultVariable() {
        return result.getResultVariable();
    }

    @Override
    public JavaType<?> getResultJavaType() {
        return result.getResultJavaType();
    }

    @Override
    public NavigablePath getNavigablePath() {
        return result.getNavigablePath();
    }

    @Override
    public boolean containsAnyNonScalarResults() {
        return result.containsAnyNonScalarResults();
    }

    @Override
    public void collectValueIndexesToCache(BitSet valueIndexes) {
        result.collectValueIndexesToCache(valueIndexes);
    }

    private record Assembler<T>(DomainResultAssembler<T> untyped, JavaType<T> type)
            implements DomainResultAssembler<T> {

        @Override
        public @Nullable T assemble(RowProcessingState row) {
            return untyped.assemble(row);
        }

        @Override
        public JavaType<T> getAssembledJavaType() {
            return type;
        }

        @Override
        public void resolveState(RowProcessingState row) {
            untyped.resolveState(row);
        }
    }
}
