package io.cipherfield.hibernate.internal.hazard;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * PostgreSQL's catalogue shows everything to everybody: triggers and rules of a table, its partitions and inheriting tables, and
 * of the tables beneath a view; row-level security as it applies to this user; tables that a publication keeps from updates.
 */
final class PostgresqlHazards {

    private static final int FOR_EACH_ROW = 1;
    private static final int BEFORE = 2;
    private static final int INSTEAD = 64;

    /** The table itself, those that inherit from it (partitions do), those that a view reads; each once. */
    private static final String RELATIONS = """
            with recursive relations(oid, via) as (
            select cast(pg_catalog.to_regclass(cast(? as text)) as oid), 'itself'
            union
            select x.oid, x.via from relations r, lateral (
            select i.inhrelid, case r.via when 'itself' then 'heir' else r.via end from pg_catalog.pg_inherits i
            where i.inhparent = r.oid
            union all
            select d.refobjid, 'beneath' from pg_catalog.pg_rewrite w join pg_catalog.pg_depend d
            on d.classid = cast('pg_catalog.pg_rewrite' as regclass) and d.objid = w.oid
            and d.refclassid = cast('pg_catalog.pg_class' as regclass) and d.refobjid <> r.oid
            where w.ev_class = r.oid and w.ev_type = '1') x(oid, via))
            """;

    /** Triggers and rules are switched by the session's role, which replication sets. */
    private static final String ENABLED = """
             in ('A', case pg_catalog.current_setting('session_replication_role') when 'replica' then 'R' else 'O' end)
            """;

    private final Connection connection;
    private final String sql;
    private final List<String> columns;
    private final List<Hazard> found = new ArrayList<>();

    PostgresqlHazards(Connection connection, String sql, List<String> columns) {
        this.connection = connection;
        this.sql = sql;
        this.columns = columns;
    }

    List<Hazard> find() throws SQLException {
        findTriggers();
        findRules();
        findHiddenRows();
        findMissingReplicaIdentities();
        findGeneratedColumns();
        return found;
    }

    /** Not those that fire for other columns only; of heirs not those for statements, which name the table itself. */
    private void findTriggers() throws SQLException {
        Set<String> ofTheTable = new HashSet<>();
        CatalogueQuery.each(
                connection,
                RELATIONS + """
                select r.via, cast(cast(r.oid as regclass) as text), t.tgname, t.tgtype,
                cast(cast(t.tgfoid as regproc) as text), t.tgqual is not null
                from relations r join pg_catalog.pg_trigger t on t.tgrelid = r.oid
                where not t.tgisinternal and t.tgtype & 16 <> 0 and (r.via <> 'heir' or t.tgtype & 1 <> 0)
                and (r.via = 'beneath' or cast(t.tgattr as text) = '' or exists (select from pg_catalog.pg_attribute a
                where a.attrelid = r.oid and a.attnum = any (t.tgattr) and (a.attname = any (?) or a.attgenerated <> '')))
                and t.tgenabled""" + ENABLED + " order by r.via = 'heir', 2, 3",
                row -> {
                    // A partition has a copy of each.
                    String trigger = row.getString(3) + " " + row.getString(5);
                    if (!row.getString(1).equals("heir")) {
                        ofTheTable.add(trigger);
                    } else if (ofTheTable.contains(trigger)) {
                        return;
                    }
                    int type = row.getInt(4);
                    found.add(new Hazard(
                            Hazard.Kind.TRIGGER,
                            row.getString(2),
                            "trigger " + row.getString(3) + " ("
                                    + ((type & INSTEAD) != 0 ? "instead of" : (type & BEFORE) != 0 ? "before" : "after")
                                    + " update, for each " + ((type & FOR_EACH_ROW) != 0 ? "row" : "statement")
                                    + (row.getBoolean(6) ? " under a condition" : "") + ", function " + row.getString(5)
                                    + ")"));
                },
                sql,
                names());
    }

    private void findRules() throws SQLException {
        CatalogueQuery.each(
                connection,
                RELATIONS + """
                select cast(cast(r.oid as regclass) as text), w.rulename, w.is_instead
                from relations r join pg_catalog.pg_rewrite w on w.ev_class = r.oid
                where w.ev_type = '2' and r.via <> 'heir' and w.ev_enabled""" + ENABLED + " order by 1, 2",
                row -> found.add(new Hazard(
                        Hazard.Kind.TRIGGER,
                        row.getString(1),
                        "rule " + row.getString(2) + " (" + (row.getBoolean(3) ? "instead of" : "beside")
                                + " update)")),
                sql);
    }

    /** Policies of heirs do not apply to who names the table itself; those beneath a view apply to the view's owner or to this user. */
    private void findHiddenRows() throws SQLException {
        CatalogueQuery.each(
                connection,
                RELATIONS + """
                select r.via, cast(cast(r.oid as regclass) as text), c.relkind, current_user,
                c.relkind in ('r', 'p') and case r.via when 'itself' then pg_catalog.row_security_active(r.oid)
                when 'beneath' then c.relrowsecurity else false end
                from relations r join pg_catalog.pg_class c on c.oid = r.oid order by r.via, 2""",
                row -> {
                    if (row.getBoolean(5)) {
                        found.add(new Hazard(
                                Hazard.Kind.HIDES_ROWS,
                                row.getString(2),
                                "row-level security applies to user " + row.getString(4)
                                        + ": rows that its policies hide are neither counted nor rewritten"));
                    }
                    if (row.getString(3).equals("f")) {
                        found.add(
                                new Hazard(
                                        Hazard.Kind.NOT_A_TABLE,
                                        row.getString(2),
                                        "it is a foreign table: triggers and row-level security of the other server are not looked for"));
                    } else if (row.getString(1).equals("itself") && "vm".contains(row.getString(3))) {
                        found.add(new Hazard(
                                Hazard.Kind.NOT_A_TABLE,
                                row.getString(2),
                                "it is a view: what it leaves out is not seen"));
                    }
                },
                sql);
    }

    /** A page would fail with SQLSTATE 55000, when others are written already. */
    private void findMissingReplicaIdentities() throws SQLException {
        CatalogueQuery.each(
                connection,
                RELATIONS + """
                select cast(cast(c.oid as regclass) as text), min(p.pubname)
                from relations r join pg_catalog.pg_class c on c.oid = r.oid and c.relkind = 'r',
                relations r2 join pg_catalog.pg_class c2 on c2.oid = r2.oid
                join pg_catalog.pg_namespace n2 on n2.oid = c2.relnamespace
                join pg_catalog.pg_publication_tables pt on pt.schemaname = n2.nspname and pt.tablename = c2.relname
                join pg_catalog.pg_publication p on p.pubname = pt.pubname and p.pubupdate
                where (r2.oid = r.oid or (r2.via = 'itself' and c.relispartition))
                and case c.relreplident when 'f' then false when 'n' then true else not exists (
                select from pg_catalog.pg_index i where i.indrelid = c.oid
                and case c.relreplident when 'i' then i.indisreplident else i.indisprimary end) end
                group by c.oid order by 1""",
                row -> found.add(new Hazard(
                        Hazard.Kind.REFUSES_UPDATES,
                        row.getString(1),
                        "publication " + row.getString(2)
                                + " publishes its updates, but it has no replica identity: alter table "
                                + row.getString(1) + " replica identity full, or take it out of the publication")),
                sql);
    }

    /** Up to PostgreSQL 14 the column itself depends on its source, later its expression does. */
    private void findGeneratedColumns() throws SQLException {
        CatalogueQuery.each(
                connection,
                RELATIONS + """
                select cast(cast(r.oid as regclass) as text), g.attname, string_agg(distinct a.attname, ', ')
                from relations r join pg_catalog.pg_attrdef d on d.adrelid = r.oid
                join pg_catalog.pg_attribute g on g.attrelid = r.oid and g.attnum = d.adnum and g.attgenerated <> ''
                join pg_catalog.pg_depend x on x.refclassid = cast('pg_catalog.pg_class' as regclass)
                and x.refobjid = r.oid and x.refobjsubid <> g.attnum
                and ((x.classid = cast('pg_catalog.pg_attrdef' as regclass) and x.objid = d.oid)
                or (x.classid = cast('pg_catalog.pg_class' as regclass) and x.objid = r.oid and x.objsubid = g.attnum))
                join pg_catalog.pg_attribute a on a.attrelid = r.oid and a.attnum = x.refobjsubid
                where r.via = 'itself' and a.attname = any (?) group by r.oid, g.attname order by 1, 2""",
                row -> found.add(GeneratedFrom.hazard(row.getString(1), row.getString(2), List.of(row.getString(3)))),
                sql,
                names());
    }

    private Array names() throws SQLException {
        return connection.createArrayOf("text", columns.toArray());
    }
}
