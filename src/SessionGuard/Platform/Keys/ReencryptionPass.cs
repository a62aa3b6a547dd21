using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Security;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Storage.Rows;

namespace SessionGuard.Platform.Keys;

/// <summary>
/// Seals under the current key whatever is sealed under another one: personal columns with their blind indexes, secrets, the key ring. The
/// rows themselves say what is left to do, so it can be ended at any moment and run again. A value that somebody changes meanwhile is theirs:
/// it is sealed under the current key by then.
/// </summary>
internal sealed class ReencryptionPass(SessionGuardDb db, PersonalData personal, SecretBox box)
{
    /// <summary>Few enough that on SQLite the endpoint waits for milliseconds.</summary>
    private const int BatchRows = 100;

    /// <summary>Goes through everything once; how many rows each batch changed, once it is saved.</summary>
    public async IAsyncEnumerable<int> BatchesAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        yield return await RingAsync(cancellation);
        foreach (var table in SealedTable.In(db.Model))
        {
            object? after = null;
            do
            {
                (var changed, after) = await db.InTransactionAsync(() => BatchAsync(table, after, cancellation), cancellation);
                yield return changed;
            }
            while (after is not null);
        }
    }

    /// <summary>How many rows are still sealed under another key.</summary>
    public async Task<long> CountAsync(CancellationToken cancellation)
    {
        var left = (await RingKeysAsync(cancellation)).LongCount(k => Older(XElement.Parse(k.Xml!)).Any());
        await db.Database.OpenConnectionAsync(cancellation);
        foreach (var table in SealedTable.In(db.Model))
        {
            await using var count = Command($"SELECT COUNT(*) FROM \"{table.Name}\" WHERE {table.IsOlder}", Headers);
            left += Convert.ToInt64(await count.ExecuteScalarAsync(cancellation), CultureInfo.InvariantCulture);
        }

        await db.Database.CloseConnectionAsync();
        return left;
    }

    private (string, object)[] Headers => [("word", box.Header), ("bytes", personal.Header)];

    /// <returns>How many rows were changed, and the key of the last; null for it: that was the last batch.</returns>
    private async Task<(int Changed, object? Last)> BatchAsync(SealedTable table, object? after, CancellationToken cancellation)
    {
        var rows = new List<object[]>(BatchRows);
        await using (var select = Command(
            $"SELECT {table.Selected} FROM \"{table.Name}\" WHERE ({table.IsOlder}){(after is null ? "" : $" AND \"{table.Key}\" > @after")} ORDER BY \"{table.Key}\" LIMIT {BatchRows}",
            after is null ? Headers : [.. Headers, ("after", after)]))
        await using (var reader = await select.ExecuteReaderAsync(cancellation))
        {
            while (await reader.ReadAsync(cancellation))
            {
                var row = new object[reader.FieldCount];
                reader.GetValues(row);
                rows.Add(row);
            }
        }

        foreach (var row in rows)
        {
            await SealRowAsync(table, row, cancellation);
        }

        return (rows.Count, rows.Count == BatchRows ? rows[^1][0] : null);
    }

    private async Task SealRowAsync(SealedTable table, object[] row, CancellationToken cancellation)
    {
        for (var i = 0; i < table.Columns.Count; i++)
        {
            if (row[i + 1] is not DBNull)
            {
                await SealValueAsync(table, table.Columns[i], row[0], row[i + 1], cancellation);
            }
        }
    }

    private async Task SealValueAsync(SealedTable table, SealedColumn column, object id, object old, CancellationToken cancellation)
    {
        var anew = Anew(table, column, id, old, out var index);
        var set = $"\"{column.Name}\" = @new{(index is null ? "" : $", \"{column.Index}\" = @index")}";
        await using var update = Command(
            $"UPDATE \"{table.Name}\" SET {set} WHERE \"{table.Key}\" = @id AND \"{column.Name}\" = @old",
            [("new", anew), ("id", id), ("old", old), .. index is null ? Array.Empty<(string, object)>() : [("index", index)]]);
        await update.ExecuteNonQueryAsync(cancellation);
    }

    private object Anew(SealedTable table, SealedColumn column, object id, object old, out string? index)
    {
        try
        {
            if (column.IsWord)
            {
                index = null;
                return box.Seal(box.Open((string)old));
            }

            var plain = personal.Open((byte[])old);
            index = column.Kind is { } kind
                ? personal.IndexOf(kind, BlindIndex.Normalise(kind, System.Text.Encoding.UTF8.GetString(plain)))
                : null;
            return personal.Seal(plain);
        }
        catch (CryptographicException fault)
        {
            throw new StartException($"In {table.Name} the row {id} has a {column.Name} that no key in the key file opens. {fault.Message}");
        }
    }

    private DbCommand Command(string sql, (string Name, object Value)[] parameters)
    {
        var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        foreach (var (name, value) in parameters.Where(p => sql.Contains('@' + p.Name, StringComparison.Ordinal)))
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private Task<List<DataProtectionKey>> RingKeysAsync(CancellationToken cancellation) =>
        db.Set<DataProtectionKey>().AsNoTracking().ToListAsync(cancellation);

    private IEnumerable<XElement> Older(XElement key) =>
        key.DescendantsAndSelf(KeyRingEncryptor.Element).Where(e => !e.Value.StartsWith(box.Header, StringComparison.Ordinal));

    private async Task<int> RingAsync(CancellationToken cancellation)
    {
        var changed = 0;
        foreach (var key in await RingKeysAsync(cancellation))
        {
            var xml = XElement.Parse(key.Xml!);
            var older = 0;
            foreach (var element in Older(xml).ToList())
            {
                element.Value = box.Seal(box.Open(element.Value));
                older++;
            }

            if (older > 0)
            {
                var text = xml.ToString(SaveOptions.DisableFormatting);
                changed += await db.InTransactionAsync(() => db.Set<DataProtectionKey>().Where(k => k.Id == key.Id)
                    .ExecuteUpdateAsync(set => set.SetProperty(k => k.Xml, text), cancellation), cancellation);
            }
        }

        return changed;
    }
}
