using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using SessionGuard.Platform.Storage.Rows;

namespace SessionGuard.Platform.Storage;

/// <summary>
/// The one statement that takes rows and gives back what it wrote, which EF Core cannot say. Which rows is EF Core's own translation of a query;
/// names and values are the model's; what differs between the engines they say themselves.
/// </summary>
internal static class ClaimStatement
{
    private const string End = "@lease_end";

    /// <param name="chosen">Ids, in order and limited.</param>
    /// <param name="ends">The properties that the end of the lease is written into.</param>
    /// <param name="counters">The properties that are raised by one.</param>
    public static IQueryable<T> Create<T>(
        SessionGuardDb db, IQueryable<Guid> chosen, DateTimeOffset end, IReadOnlyList<string> ends, IReadOnlyList<string> counters)
        where T : class
    {
        var entity = db.Model.FindEntityType(typeof(T))!;
        var table = StoreObjectIdentifier.Create(entity, StoreObjectType.Table)!.Value;
        var sql = db.GetService<ISqlGenerationHelper>();
        string Column(string property) => sql.DelimitIdentifier(entity.FindProperty(property)!.GetColumnName(table)!);
        using var select = chosen.CreateDbCommand();
        var parameters = select.Parameters.Cast<DbParameter>()
            .Append(entity.FindProperty(ends[0])!.GetRelationalTypeMapping().CreateParameter(select, End, end)).ToArray<object>();
        select.Parameters.Clear(); // a parameter belongs to one command
        var written = ends.Select(e => $"{Column(e)} = {End}").Concat(counters.Select(c => $"{Column(c)} = {Column(c)} + 1"));
        var claim = $"""
            UPDATE {sql.DelimitIdentifier(table.Name, table.Schema)} SET {string.Join(", ", written)}
            WHERE {db.AmongUnclaimed(Column(nameof(ILeased.Id)), select.CommandText)}
            RETURNING *
            """;
        return db.Set<T>().FromSqlRaw(claim, parameters).IgnoreQueryFilters().AsNoTracking();
    }
}
