using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using SessionGuard.Platform.Storage;
using SessionGuard.ResilienceTests.Kit;
using SessionGuard.Tests.Testing;

[assembly: AssemblyFixture(typeof(Report))]

namespace SessionGuard.ResilienceTests.Kit;

/// <summary>What each fault did, as one table at the end of the run: on the console and in <c>artifacts/tests/resilience.txt</c>.</summary>
public sealed class Report : IDisposable
{
    private static readonly string[] Heads = ["fault", "engine", "rounds", "acknowledged", "stored", "lost", "doubled", "longest recovery"];
    private static readonly ConcurrentBag<string[]> Rows = [];

    /// <summary>Writes the line first and judges then, so that a failure stands in the table too.</summary>
    /// <param name="recovery">The longest of all rounds, from the fault's end to the first acknowledgement; null where nothing recovers.</param>
    internal static void Balanced(string fault, StorageEngine engine, int rounds, Balance balance, TimeSpan? recovery = null)
    {
        Rows.Add([
            fault, engine.ToString(), Text(rounds), Text(balance.Acknowledged), Text(balance.Stored), Text(balance.Lost.Count),
            Text(balance.Doubled.Count), recovery is { } time ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s") : "",
        ]);
        balance.AssertEven();
    }

    public void Dispose()
    {
        if (Rows.IsEmpty)
        {
            return;
        }

        var table = Table();
        Console.WriteLine(table);
        var folder = Directory.CreateDirectory(Path.Combine(Source.Root, "artifacts", "tests"));
        File.WriteAllText(Path.Combine(folder.FullName, "resilience.txt"), table);
    }

    private static string Table()
    {
        string[][] lines = [Heads, .. Rows.OrderBy(r => r[0], StringComparer.Ordinal).ThenBy(r => r[1], StringComparer.Ordinal)];
        var widths = Heads.Select((_, column) => lines.Max(line => line[column].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var line in lines)
        {
            text.AppendLine(string.Join("  ", line.Select((cell, column) => column < 2 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).TrimEnd());
        }

        return text.ToString();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
