using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SessionGuard.Platform.Storage;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Platform.Storage;

/// <summary>What somebody holds who has copied the database: the bytes of SQLite's files, or each table of PostgreSQL as text.</summary>
internal sealed class Dump
{
    private readonly string _text;

    private Dump(string text) => _text = text;

    public static async Task<Dump> OfAsync(App app, StorageEngine engine) =>
        new(engine is StorageEngine.Sqlite ? await OfFilesAsync(app) : await OfTablesAsync(app.Services.GetRequiredService<NpgsqlDataSource>()));

    /// <returns>Those of <paramref name="words"/> that stand in it: plainly, in hexadecimal digits or in base64, in whatever case.</returns>
    public List<string> Find(IEnumerable<string> words) => [.. words.Where(word => Looks(word).Any(look => _text.Contains(look, StringComparison.OrdinalIgnoreCase)))];

    private static IEnumerable<string> Looks(string word)
    {
        var bytes = Encoding.UTF8.GetBytes(word);
        yield return word;
        yield return Convert.ToHexString(bytes);
        yield return Convert.ToHexString(Encoding.Unicode.GetBytes(word));
        for (var before = 0; before < 3; before++)
        {
            // Without the letters at both ends, which hang on what stands beside the word.
            var base64 = Convert.ToBase64String([.. new byte[before], .. bytes]).TrimEnd('=');
            yield return base64[(before == 0 ? 0 : before + 1)..^2];
        }
    }

    private static async Task<string> OfFilesAsync(App app)
    {
        var text = new StringBuilder();
        foreach (var file in Directory.GetFiles(app.Folder, "sessionguard.db*").Where(f => !f.EndsWith(".lock", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            text.Append(await reader.ReadToEndAsync());
        }

        return text.ToString();
    }

    private static async Task<string> OfTablesAsync(NpgsqlDataSource source)
    {
        var text = new StringBuilder();
        await using var connection = await source.OpenConnectionAsync();
        var tables = new List<string>();
        await using (var list = new NpgsqlCommand(
            "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')", connection))
        await using (var reader = await list.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                tables.Add(reader.GetString(0));
            }
        }

        foreach (var table in tables)
        {
            using var rows = await connection.BeginTextExportAsync($"COPY {table} TO STDOUT");
            text.Append(table).AppendLine().Append(await rows.ReadToEndAsync());
        }

        return text.ToString();
    }
}
