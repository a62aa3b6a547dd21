using Microsoft.EntityFrameworkCore;

namespace SessionGuard.Platform.Storage;

/// <summary>
/// Lets the database itself refuse to change or delete a row of a table. Put there after every migration rather than by one: making a
/// table anew, as SQLite does for most changes, takes its triggers along.
/// </summary>
internal static class AppendOnlyTable
{
    public static Task GuardAsync<T>(SessionGuardDb db, CancellationToken cancellation)
    {
        var table = db.Model.FindEntityType(typeof(T))!.GetTableName()!;
        return db.Database.ExecuteSqlRawAsync(db.Database.IsNpgsql() ? Postgres(table) : Sqlite(table), cancellation);
    }

    private static string Sqlite(string table) =>
        $"""
        CREATE TRIGGER IF NOT EXISTS {table}_stay BEFORE UPDATE ON {table}
        BEGIN SELECT RAISE(ABORT, 'A row of {table} is never changed.'); END;
        CREATE TRIGGER IF NOT EXISTS {table}_remain BEFORE DELETE ON {table}
        BEGIN SELECT RAISE(ABORT, 'A row of {table} is never deleted.'); END;
        """;

    /// <remarks>The triggers are looked for first: making one waits for every transaction that is writing to the table.</remarks>
    private static string Postgres(string table) =>
        $"""
        CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS $refuse$
        BEGIN RAISE EXCEPTION 'A row of {table} is never changed or deleted.'; END $refuse$;
        DO $guard$
        BEGIN
          IF NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = '{table}'::regclass AND tgname = '{table}_stay') THEN
            CREATE TRIGGER {table}_stay BEFORE UPDATE OR DELETE ON {table}
              FOR EACH ROW EXECUTE FUNCTION {table}_refuse();
            CREATE TRIGGER {table}_remain BEFORE TRUNCATE ON {table}
              FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse();
          END IF;
        END $guard$;
        """;
}
