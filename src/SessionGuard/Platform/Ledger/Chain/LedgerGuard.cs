using Microsoft.EntityFrameworkCore;

namespace SessionGuard.Platform.Ledger.Chain;

/// <summary>
/// Lets the database itself refuse to change or delete a ledger entry. Put there after every migration rather than by one: making a
/// table anew, as SQLite does for most changes, takes its triggers along.
/// </summary>
internal static class LedgerGuard
{
    private const string Sqlite =
        """
        CREATE TRIGGER IF NOT EXISTS ledger_entries_stay BEFORE UPDATE ON ledger_entries
        BEGIN SELECT RAISE(ABORT, 'A ledger entry is never changed.'); END;
        CREATE TRIGGER IF NOT EXISTS ledger_entries_remain BEFORE DELETE ON ledger_entries
        BEGIN SELECT RAISE(ABORT, 'A ledger entry is never deleted.'); END;
        """;

    // Looked for first: making a trigger waits for every transaction that is writing to the table.
    private const string Postgres =
        """
        CREATE OR REPLACE FUNCTION ledger_entries_refuse() RETURNS trigger LANGUAGE plpgsql AS $refuse$
        BEGIN RAISE EXCEPTION 'A ledger entry is never changed or deleted.'; END $refuse$;
        DO $guard$
        BEGIN
          IF NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = 'ledger_entries'::regclass AND tgname = 'ledger_entries_stay') THEN
            CREATE TRIGGER ledger_entries_stay BEFORE UPDATE OR DELETE ON ledger_entries
              FOR EACH ROW EXECUTE FUNCTION ledger_entries_refuse();
            CREATE TRIGGER ledger_entries_remain BEFORE TRUNCATE ON ledger_entries
              FOR EACH STATEMENT EXECUTE FUNCTION ledger_entries_refuse();
          END IF;
        END $guard$;
        """;

    public static Task ApplyAsync(DbContext db, CancellationToken cancellation) =>
        db.Database.ExecuteSqlRawAsync(db.Database.IsNpgsql() ? Postgres : Sqlite, cancellation);
}
