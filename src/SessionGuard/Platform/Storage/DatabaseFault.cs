using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace SessionGuard.Platform.Storage;

/// <summary>What a failed save means, in the words of both engines.</summary>
internal static class DatabaseFault
{
    /// <summary>Somebody else changed or made the same rows first: done again on a fresh context it may well succeed.</summary>
    public static bool IsConflict(Exception failure) => failure is DbUpdateConcurrencyException || Inner(failure) is
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected }
        or SqliteException { SqliteExtendedErrorCode: SqliteUnique or SqlitePrimaryKey };

    /// <summary>The database cannot be used now; nothing is wrong with what was asked of it.</summary>
    public static bool IsUnavailable(Exception failure) => !IsConflict(failure) && Inner(failure) switch
    {
        PostgresException { SqlState: ['0', '8', ..] or ['5', '3' or '7' or '8', ..] } => true,
        PostgresException => false,
        NpgsqlException => true,
        SqliteException { SqliteErrorCode: SqliteConstraint or SqliteTooBig or SqliteMismatch or SqliteError } => false,
        SqliteException => true,
        _ => false,
    };

    /// <summary>There is no room for what is to be written; what is there can still be read.</summary>
    public static bool IsDiskFull(Exception failure) =>
        Inner(failure) is PostgresException { SqlState: PostgresErrorCodes.DiskFull } or SqliteException { SqliteErrorCode: SqliteFull };

    // SQLite's own result codes.
    private const int SqliteError = 1, SqliteFull = 13, SqliteTooBig = 18, SqliteConstraint = 19, SqliteMismatch = 20;
    private const int SqlitePrimaryKey = 1555, SqliteUnique = 2067;

    private static DbException? Inner(Exception? failure)
    {
        while (failure is not (null or DbException))
        {
            failure = failure.InnerException;
        }

        return failure as DbException;
    }
}
