package io.cipherfield.hibernate.internal.query;

import io.cipherfield.hibernate.EncryptedAttribute;
import io.cipherfield.hibernate.internal.version.QueryInternals;
import io.cipherfield.hibernate.internal.version.TypedInstantiation;
import io.cipherfield.hibernate.internal.version.TypedResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.hibernate.dialect.H2Dialect;
import org.hibernate.engine.spi.LoadQueryInfluencers;
import org.hibernate.metamodel.mapping.BasicValuedMapping;
import org.hibernate.metamodel.mapping.JdbcMapping;
import org.hibernate.metamodel.mapping.MappingModelExpressible;
import org.hibernate.query.spi.QueryOptions;
import org.hibernate.query.spi.QueryParameterBinding;
import org.hibernate.query.spi.QueryParameterBindings;
import org.hibernate.query.spi.QueryParameterImplementor;
import org.hibernate.query.sqm.internal.DomainParameterXref;
import org.hibernate.query.sqm.sql.SqmTranslation;
import org.hibernate.query.sqm.sql.internal.SqlAstProcessingStateImpl;
import org.hibernate.query.sqm.sql.internal.SqmParameterInterpretation;
import org.hibernate.query.sqm.sql.internal.StandardSqmTranslator;
import org.hibernate.query.sqm.tree.SqmStatement;
import org.hibernate.query.sqm.tree.cte.SqmCteContainer;
import org.hibernate.query.sqm.tree.domain.SqmPath;
import org.hibernate.query.sqm.tree.expression.AsWrapperSqmExpression;
import org.hibernate.query.sqm.tree.expression.SqmExpression;
import org.hibernate.query.sqm.tree.expression.SqmHqlNumericLiteral;
import org.hibernate.query.sqm.tree.expression.SqmLiteral;
import org.hibernate.query.sqm.tree.expression.SqmLiteralNull;
import org.hibernate.query.sqm.tree.expression.SqmParameter;
import org.hibernate.query.sqm.tree.from.SqmRoot;
import org.hibernate.query.sqm.tree.insert.SqmInsertSelectStatement;
import org.hibernate.query.sqm.tree.insert.SqmInsertStatement;
import org.hibernate.query.sqm.tree.insert.SqmInsertValuesStatement;
import org.hibernate.query.sqm.tree.predicate.SqmComparisonPredicate;
import org.hibernate.query.sqm.tree.predicate.SqmInListPredicate;
import org.hibernate.query.sqm.tree.predicate.SqmInSubQueryPredicate;
import org.hibernate.query.sqm.tree.predicate.SqmMemberOfPredicate;
import org.hibernate.query.sqm.tree.select.SqmDynamicInstantiation;
import org.hibernate.query.sqm.tree.select.SqmSelectClause;
import org.hibernate.query.sqm.tree.select.SqmSelectStatement;
import org.hibernate.sql.ast.Clause;
import org.hibernate.sql.ast.spi.SqlAstCreationContext;
import org.hibernate.sql.ast.tree.SqlAstNode;
import org.hibernate.sql.ast.tree.Statement;
import org.hibernate.sql.ast.tree.cte.CteContainer;
import org.hibernate.sql.ast.tree.expression.Expression;
import org.hibernate.sql.ast.tree.expression.JdbcParameter;
import org.hibernate.sql.ast.tree.expression.QueryLiteral;
import org.hibernate.sql.ast.tree.from.NamedTableReference;
import org.hibernate.sql.ast.tree.from.TableGroup;
import org.hibernate.sql.ast.tree.insert.InsertSelectStatement;
import org.hibernate.sql.ast.tree.insert.InsertStatement;
import org.hibernate.sql.ast.tree.predicate.ComparisonPredicate;
import org.hibernate.sql.ast.tree.predicate.InSubQueryPredicate;
import org.hibernate.sql.ast.tree.predicate.Predicate;
import org.hibernate.sql.ast.tree.select.SelectClause;
import org.hibernate.sql.ast.tree.select.SelectStatement;
import org.hibernate.sql.ast.tree.update.Assignable;
import org.hibernate.sql.results.graph.DomainResult;
import org.hibernate.sql.results.graph.instantiation.internal.DynamicInstantiation;
import org.hibernate.type.descriptor.java.JavaType;
import org.jspecify.annotations.Nullable;

/**
 * Hibernate's translator of HQL and Criteria to SQL, with parameters that take the type of the encrypted column they meet.
 * Hibernate takes that type only where Java types match, and else stores the value as it is. This is the one class that
 * touches Hibernate's internal translator.
 */
final class GuardedTranslator<T extends Statement> extends StandardSqmTranslator<T> {

    private final SqlAstCreationContext context;
    private final Mode mode;
    private final DomainParameterXref parameters;
    private final QueryParameterBindings bindings;
    private final Map<QueryParameterImplementor<?>, JdbcMapping> parameterTypes = new LinkedHashMap<>();

    /** What a translation is for. */
    enum Mode {
        /** To be executed. */
        EXECUTION,
        /** To refuse what can never work before there are values, without executing it. */
        WITHOUT_VALUES,
        /** To find the parameters that meet encrypted columns, in a statement that Hibernate translates otherwise. */
        MULTI_TABLE_REPAIR,
        /** To see such a statement as Hibernate will translate it. */
        MULTI_TABLE_CHECK
    }

    GuardedTranslator(
            SqmStatement<?> statement,
            QueryOptions options,
            DomainParameterXref parameters,
            QueryParameterBindings bindings,
            LoadQueryInfluencers influencers,
            SqlAstCreationContext context,
            boolean deduplicateSelectionItems,
            Mode mode) {
        super(statement, options, parameters, bindings, influencers, context, deduplicateSelectionItems);
        this.context = context;
        this.parameters = parameters;
        this.bindings = bindings;
        this.mode = mode;
    }

    @Override
    public SqmTranslation<T> translate() {
        SqmTranslation<T> translation = super.translate();
        QueryGuard.check(translation.getSqlAst());
        if (context.getSessionFactory().getJdbcServices().getDialect() instanceof H2Dialect) {
            MutationGuard.refuseMergeOfBytes(translation.getSqlAst());
        }
        return translation;
    }

    @Override
    public Expression visitLiteral(SqmLiteral<?> literal) {
        refuseOtherType(literal);
        return super.visitLiteral(literal);
    }

    @Override
    public <N extends Number> Expression visitHqlNumericLiteral(SqmHqlNumericLiteral<N> literal) {
        JdbcMapping inferred = inferredEncryption();
        if (inferred instanceof BasicValuedMapping mapping) {
            EncryptedAttribute attribute = Objects.requireNonNull(Encryption.of(inferred));
            Number number = WholeNumber.as(attribute.javaType(), literal.getLiteralValue());
            if (number != null) {
                return new QueryLiteral<>(inferred.convertToRelationalValue(number), mapping);
            }
        }
        refuseOtherType(literal);
        return super.visitHqlNumericLiteral(literal);
    }

    /** What Hibernate says of such a literal names no attribute, and differs between its versions. */
    private void refuseOtherType(SqmExpression<?> literal) {
        JdbcMapping inferred = inferredEncryption();
        JavaType<?> type = literal.getJavaTypeDescriptor();
        if (inferred != null && type != null && !(literal instanceof SqmLiteralNull)) {
            EncryptedAttribute attribute = Objects.requireNonNull(Encryption.of(inferred));
            if (!attribute.javaType().isAssignableFrom(type.getJavaTypeClass())) {
                throw Refusal.literal(attribute, type.getJavaTypeClass());
            }
        }
    }

    /**
     * Answers the column's JDBC mapping itself and not the attribute: only then does Hibernate convert the bound value with it
     * on each execution, also from a cached plan and whatever type the caller names in {@code setParameter}.
     */
    @Override
    protected MappingModelExpressible<?> determineValueMapping(SqmParameter<?> parameter) {
        if (repairs()) {
            JdbcMapping encrypted = inferredEncryption();
            if (encrypted instanceof MappingModelExpressible<?> mapping) {
                return mapping;
            }
        }
        return super.determineValueMapping(parameter);
    }

    private boolean repairs() {
        return mode != Mode.MULTI_TABLE_CHECK;
    }

    private @Nullable JdbcMapping inferredEncryption() {
        MappingModelExpressible<?> inferred = getInferredValueMapping();
        return inferred != null && Encryption.of(inferred) != null ? inferred.getSingleJdbcMapping() : null;
    }

    @Override
    protected Expression consumeSqmParameter(
            SqmParameter<?> parameter, MappingModelExpressible<?> type, BiConsumer<Integer, JdbcParameter> consumer) {
        MappingModelExpressible<?> bound = type;
        if (type.getJdbcTypeCount() == 1) {
            JdbcMapping mapping = type.getSingleJdbcMapping();
            noteUse(parameters.getQueryParameter(parameter), mapping);
            if (repairs() && Encryption.of(mapping) != null && mapping instanceof MappingModelExpressible<?> itself) {
                bound = itself;
                bindList(parameters.getQueryParameter(parameter), mapping);
            }
        }
        return super.consumeSqmParameter(parameter, bound, consumer);
    }

    /** Of a list, Hibernate binds the values by the type that the caller named, and by the column's only if there was none. */
    private void bindList(QueryParameterImplementor<?> parameter, JdbcMapping type) {
        QueryParameterBinding<?> binding = bindings.getBinding(parameter);
        if (binding.isBound() && binding.isMultiValued()) {
            QueryInternals.bindAll(binding, binding.getBindValues(), type);
        }
    }

    /** Hibernate binds a parameter's value in one way for all its uses. */
    private void noteUse(QueryParameterImplementor<?> parameter, JdbcMapping type) {
        JdbcMapping other = parameterTypes.putIfAbsent(parameter, type);
        if (other != null && other != type) {
            EncryptedAttribute one = Encryption.of(type);
            EncryptedAttribute another = Encryption.of(other);
            EncryptedAttribute encrypted = one != null ? one : another;
            boolean alike = one != null && another != null && Encryption.sameStoredForm(one, another);
            if (encrypted != null && !alike) {
                throw Refusal.sharedParameter(encrypted);
            }
        }
    }

    /** The parameters of one column with their types; filled by {@link #translate()}. */
    Map<QueryParameterImplementor<?>, JdbcMapping> parameterTypes() {
        return parameterTypes;
    }

    /** Hibernate's own method refuses several tables, and expects a pooled identifier to have been dealt with. */
    @Override
    public InsertStatement visitInsertSelectStatement(SqmInsertSelectStatement<?> statement) {
        if (mode == Mode.EXECUTION) {
            return super.visitInsertSelectStatement(statement);
        }
        InsertSelectStatement insert = withTarget(statement, targeted -> {});
        insert.setSourceSelectStatement(visitQueryPart(statement.getSelectQueryPart()));
        insert.setConflictClause(visitConflictClause(statement.getConflictClause()));
        return insert;
    }

    /** As {@link #visitInsertSelectStatement}. */
    @Override
    public InsertStatement visitInsertValuesStatement(SqmInsertValuesStatement<?> statement) {
        if (mode == Mode.EXECUTION) {
            return super.visitInsertValuesStatement(statement);
        }
        return withTarget(statement, insert -> {
            statement.getValuesList().forEach(values -> insert.getValuesList().add(visitValues(values)));
            insert.setConflictClause(visitConflictClause(statement.getConflictClause()));
        });
    }

    private InsertSelectStatement withTarget(SqmInsertStatement<?> statement, Consumer<InsertSelectStatement> source) {
        CteContainer ctes = visitCteContainer(statement);
        SqmRoot<?> target = statement.getTarget();
        pushProcessingState(new SqlAstProcessingStateImpl(null, this, getCurrentClauseStack()::getCurrent));
        try {
            TableGroup table = context.getMappingMetamodel()
                    .getEntityDescriptor(target.getEntityName())
                    .createRootTableGroup(
                            true,
                            target.getNavigablePath(),
                            target.getExplicitAlias(),
                            null,
                            () -> predicate -> {},
                            this);
            getFromClauseAccess().registerTableGroup(target.getNavigablePath(), table);
            InsertSelectStatement insert =
                    new InsertSelectStatement(ctes, (NamedTableReference) table.getPrimaryTableReference(), List.of());
            for (SqmPath<?> path : statement.getInsertionTargetPaths()) {
                insert.addTargetColumnReferences(((Assignable) path.accept(this)).getColumnReferences());
            }
            source.accept(insert);
            return insert;
        } finally {
            popProcessingStateStack();
        }
    }

    /** Within an insert's {@code with} clause Hibernate takes what is selected for what is inserted, and would give it that type. */
    @Override
    public CteContainer visitCteContainer(SqmCteContainer container) {
        if (!(getStatement() instanceof SqmInsertSelectStatement)) {
            return super.visitCteContainer(container);
        }
        getCurrentClauseStack().push(Clause.WITH);
        try {
            return super.visitCteContainer(container);
        } finally {
            getCurrentClauseStack().pop();
        }
    }

    @Override
    public SelectClause visitSelectClause(SqmSelectClause clause) {
        boolean inserted = getStatement() instanceof SqmInsertSelectStatement
                && getCurrentClauseStack().depth() == 0;
        return super.visitSelectClause(inserted ? InsertedSelection.flat(clause) : clause);
    }

    // What compares a deterministic attribute with a value. Other statements are rewritten before Hibernate translates
    // them.

    @Override
    public ComparisonPredicate visitComparisonPredicate(SqmComparisonPredicate predicate) {
        Predicate parts = completes() ? tuples().of(predicate) : null;
        if (parts != null) {
            return EachForm.standIn(parts);
        }
        ComparisonPredicate comparison = super.visitComparisonPredicate(predicate);
        return completes() ? EachForm.asComparison(comparison) : comparison;
    }

    @Override
    public Predicate visitInListPredicate(SqmInListPredicate<?> predicate) {
        Predicate parts = completes() ? tuples().of(predicate) : null;
        return parts != null ? parts : rewritten(super.visitInListPredicate(predicate));
    }

    private TupleParts tuples() {
        return new TupleParts(
                part -> part instanceof SqmPath && Encryption.isDeterministic(determineValueMapping(part)),
                this::visitComparisonPredicate);
    }

    @Override
    public InSubQueryPredicate visitInSubQueryPredicate(SqmInSubQueryPredicate<?> predicate) {
        InSubQueryPredicate subquery = super.visitInSubQueryPredicate(predicate);
        return completes() ? EachForm.asInSubQuery(subquery) : subquery;
    }

    @Override
    public Predicate visitMemberOfPredicate(SqmMemberOfPredicate predicate) {
        return rewritten(super.visitMemberOfPredicate(predicate));
    }

    private boolean completes() {
        return mode == Mode.EXECUTION || mode == Mode.WITHOUT_VALUES;
    }

    private Predicate rewritten(Predicate predicate) {
        return completes() ? EachForm.in(predicate) : predicate;
    }

    @Override
    public SelectStatement visitSelectStatement(SqmSelectStatement<?> statement) {
        SelectStatement select = super.visitSelectStatement(statement);
        if (select.getDomainResultDescriptors() == null) {
            // Of a with clause: its rows are not results
            return select;
        }
        List<DomainResult<?>> results = new ArrayList<>();
        select.getDomainResultDescriptors().forEach(result -> results.add(TypedResult.of(result)));
        return new SelectStatement(select, select.getQueryPart(), results);
    }

    @Override
    public DynamicInstantiation<?> visitDynamicInstantiation(SqmDynamicInstantiation<?> instantiation) {
        return new TypedInstantiation<>(super.visitDynamicInstantiation(instantiation));
    }

    /** {@code path.as(Type.class)} reads the column as another type, and leaves no trace in the SQL tree. */
    @Override
    public Object visitAsWrapperExpression(AsWrapperSqmExpression<?> wrapper) {
        Object wrapped = super.visitAsWrapperExpression(wrapper);
        if (wrapped instanceof Expression expression && expression.getColumnReference() != null) {
            EncryptedAttribute attribute =
                    Encryption.of(expression.getColumnReference().getJdbcMapping());
            if (attribute != null) {
                throw Refusal.use(attribute, Use.EXPRESSION, "as()");
            }
        }
        return wrapped;
    }

    /** The parameter or tuple behind Hibernate's wrapper; any other node as it is. */
    static SqlAstNode resolved(SqlAstNode node) {
        return node instanceof SqmParameterInterpretation parameter ? parameter.getResolvedExpression() : node;
    }
}
