import type {
  BuildColumns,
  ColumnBuilder,
  ColumnBuilderBase,
  ColumnDataType,
  Column as ColumnOf,
  ColumnsSelection,
  GetColumnData,
  MakeColumnConfig,
  Placeholder,
  SelectedFields,
  SelectedFieldsFlat,
  Simplify,
  SQL,
  SQLWrapper,
  Subquery,
  Table as TableOf,
  WithSubquery,
} from 'drizzle-orm';
import type { TypedQueryBuilder } from 'drizzle-orm/query-builders/query-builder';
import type {
  AppendToNullabilityMap,
  AppendToResult,
  BuildSubquerySelection,
  GetSelectTableName,
  GetSelectTableSelection,
  JoinNullability,
  JoinType,
  SelectMode,
  SelectResult,
  SelectResultFields,
} from 'drizzle-orm/query-builders/select.types';

/*
 * Tables and queries as both databases understand them, built from those types of Drizzle that
 * belong to no single database. Drizzle types the builders of each database separately, without a
 * shared interface, so `dialect.ts`, `sqlite.ts` and `postgres.ts` cast them to these types.
 * Features that are missing here work on one of the two databases only, such as the number of rows
 * that a statement changed.
 */

export type Table = TableOf;
export type Column = ColumnOf;

/* Schema */

type Actions = { onDelete?: 'cascade' | 'restrict' | 'set null' };

export interface ColumnBuilderFor<Type extends ColumnDataType, Data>
  extends ColumnBuilder<{
    name: string;
    dataType: Type;
    columnType: string;
    data: Data;
    driverParam: unknown;
    enumValues: undefined;
  }> {
  references(column: () => Column, actions?: Actions): this;
}

type ColumnType<Type extends ColumnDataType, Data> = (name: string) => ColumnBuilderFor<Type, Data>;

interface Index {
  where(condition: SQL): Index;
}
type IndexBuilder = (name: string) => { on(...columns: readonly (Column | SQL)[]): Index };
interface PrimaryKey {
  readonly columns: Column[];
}

type Columns = Record<string, Column>;
/** A table with its columns as properties. */
type TableWith<Name extends string, Own extends Columns> = TableOf<{
  name: Name;
  schema: undefined;
  columns: Own;
  dialect: string;
}> &
  Own;

export interface TableConfig {
  name: string;
  columns: Column[];
  primaryKeys: PrimaryKey[];
  foreignKeys: {
    onDelete: string | undefined;
    reference(): { columns: Column[]; foreignTable: Table; foreignColumns: Column[] };
  }[];
}

/** The columns of a table or query under an alias. */
type Renamed<Selection, Name extends string> = {
  [Key in keyof Selection]: Selection[Key] extends Column
    ? ColumnOf<MakeColumnConfig<Selection[Key]['_'], Name>>
    : Selection[Key];
} & {};

type Named<Selection extends ColumnsSelection, Name extends string> = Subquery<
  Name,
  Renamed<Selection, Name>
> &
  Renamed<Selection, Name>;

/** The builders that Drizzle has under the same name for each database. */
export interface Builders {
  table<Name extends string, Own extends Record<string, ColumnBuilderBase>>(
    name: Name,
    columns: Own,
    constraints?: (columns: BuildColumns<Name, Own, 'common'>) => (Index | PrimaryKey)[],
  ): TableWith<Name, BuildColumns<Name, Own, 'common'>>;
  text: ColumnType<'string', string>;
  integer: ColumnType<'number', number>;
  rowNumber(
    name: string,
  ): ReturnType<ReturnType<ColumnBuilderFor<'number', number>['primaryKey']>['default']>;
  boolean: ColumnType<'boolean', boolean>;
  json: ColumnType<'json', unknown>;
  index: IndexBuilder;
  uniqueIndex: IndexBuilder;
  primaryKey(config: { columns: Column[] }): PrimaryKey;
  alias<T extends Table, Name extends string>(
    table: T,
    name: Name,
  ): TableWith<Name, Renamed<T['_']['columns'], Name>>;
  getTableConfig(table: Table): TableConfig;
  QueryBuilder: new () => Selects;
  unionAll<Selection extends ColumnsSelection, Row>(
    first: Query<Selection, Row>,
    second: TypedQueryBuilder<ColumnsSelection, Row[]>,
  ): Query<Selection, Row>;
}

/* Reading */

type Source = Table | Subquery | SQL;
type Fields = SelectedFields<Column, Table>;
type Order = Column | SQL | SQL.Aliased;
type Nullability = Record<string, JoinNullability>;

export interface Selects {
  select(): From<undefined>;
  select<Selection extends Fields>(fields: Selection): From<Selection>;
  selectDistinct<Selection extends Fields>(fields: Selection): From<Selection>;
}

interface From<Selection extends Fields | undefined> {
  from<S extends Source>(
    source: S,
  ): Select<
    GetSelectTableName<S>,
    Selection extends Fields ? Selection : GetSelectTableSelection<S>,
    Selection extends Fields ? 'partial' : 'single',
    GetSelectTableName<S> extends string
      ? Record<GetSelectTableName<S>, 'not-null'>
      : Record<never, never>
  >;
}

/** A query in the order of SQL: sources, conditions, groups, order, limits. */
export interface Query<Selection extends ColumnsSelection, Row>
  extends TypedQueryBuilder<Selection, Row[]>,
    Promise<Row[]> {
  groupBy(...columns: Order[]): this;
  having(condition: SQL | undefined): this;
  orderBy(...columns: Order[]): this;
  limit(rows: number | Placeholder): this;
  offset(rows: number | Placeholder): this;
  as<Name extends string>(name: Name): Named<Selection, Name>;
  prepare(): { execute(values?: Record<string, unknown>): Promise<Row[]> };
  /** For optional joins: lets joins be added to the query itself. */
  $dynamic(): DynamicQuery<Selection, Row>;
}

interface DynamicQuery<Selection extends ColumnsSelection, Row> extends Query<Selection, Row> {
  innerJoin(source: Source, on: SQL | undefined): this;
}

type Rows<Selection, Mode extends SelectMode, Nulls extends Nullability> = SelectResult<
  Selection,
  Mode,
  Nulls
>;

interface Select<
  Name extends string | undefined,
  Selection extends ColumnsSelection,
  Mode extends SelectMode,
  Nulls extends Nullability,
> extends Query<BuildSubquerySelection<Selection, Nulls>, Rows<Selection, Mode, Nulls>> {
  innerJoin<S extends Source>(
    source: S,
    on: SQL | undefined,
  ): Joined<Name, Selection, Mode, Nulls, S, 'inner'>;
  leftJoin<S extends Source>(
    source: S,
    on: SQL | undefined,
  ): Joined<Name, Selection, Mode, Nulls, S, 'left'>;
  crossJoin<S extends Source>(source: S): Joined<Name, Selection, Mode, Nulls, S, 'cross'>;
  /** Call it at most once: a second condition would replace the first. */
  where(
    condition: SQL | undefined,
  ): Query<BuildSubquerySelection<Selection, Nulls>, Rows<Selection, Mode, Nulls>>;
}

type Joined<
  Name extends string | undefined,
  Selection extends ColumnsSelection,
  Mode extends SelectMode,
  Nulls extends Nullability,
  S extends Source,
  Join extends JoinType,
> = Select<
  Name,
  AppendToResult<
    Name,
    Selection,
    GetSelectTableName<S>,
    GetSelectTableSelection<S> extends Fields ? GetSelectTableSelection<S> : never,
    Mode
  >,
  Mode extends 'partial' ? 'partial' : 'multiple',
  AppendToNullabilityMap<Nulls, GetSelectTableName<S>, Join>
>;

/* Writing */

type NewRow<T extends Table> = Simplify<{
  [Key in keyof T['$inferInsert']]: T['$inferInsert'][Key] | SQL | Placeholder;
}>;
type Changes<T extends Table> = {
  [Key in keyof T['$inferInsert']]?:
    | GetColumnData<T['_']['columns'][Key & string]>
    | SQL
    | Column
    | Placeholder
    | undefined;
};

/** A statement that writes. Only `returning` gives rows on both databases. */
export interface Write<T extends Table> extends Written<unknown>, SQLWrapper {
  returning(): Written<T['$inferSelect'][]>;
  returning<Selection extends SelectedFieldsFlat<Column>>(
    fields: Selection,
  ): Written<SelectResultFields<Selection>[]>;
}
interface Written<Result> extends Promise<Result> {
  prepare(): { execute(values?: Record<string, unknown>): Promise<Result> };
}
export interface Insert<T extends Table> extends Write<T> {
  onConflictDoNothing(): Write<T>;
  onConflictDoUpdate(config: {
    target: Column | Column[];
    set: Changes<T>;
    targetWhere?: SQL;
    setWhere?: SQL;
  }): Write<T>;
}
interface Where<T extends Table> extends Write<T> {
  where(condition: SQL | undefined): Write<T>;
}

/** The handle for queries, inside and outside a transaction. Queries must be awaited. */
export interface Db extends Selects {
  $with<Name extends string>(
    name: Name,
  ): {
    as<Selection extends ColumnsSelection, Row>(
      query: Query<Selection, Row>,
    ): WithSubquery<Name, Renamed<Selection, Name>> & Renamed<Selection, Name>;
  };
  with(...queries: WithSubquery[]): Selects;
  insert<T extends Table>(
    table: T,
  ): {
    values(rows: NewRow<T> | NewRow<T>[]): Insert<T>;
    /** The rows have all columns, in the table's order. */
    select(rows: SQL): Insert<T>;
  };
  update<T extends Table>(table: T): { set(changes: Changes<T>): Where<T> };
  delete<T extends Table>(table: T): Where<T>;
}
