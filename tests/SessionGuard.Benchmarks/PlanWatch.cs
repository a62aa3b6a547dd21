using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace SessionGuard.Benchmarks;

/// <summary>Asks the database, before each new statement of the service, how it is going to find the rows.</summary>
internal sealed partial class PlanWatch : DbCommandInterceptor
{
    /// <summary>In PostgreSQL's own measure, some 50,000 rows: smaller tables it rightly reads whole where many rows are wanted.</summary>
    private const double SmallTable = 2000;

    private readonly ConcurrentDictionary<string, string[]> _plans = new();

    /// <summary>Asking costs time: not while anything is measured.</summary>
    public bool IsOn { get; set; }

    /// <summary>The plan of each statement, a line for each step.</summary>
    public IReadOnlyDictionary<string, string[]> Plans => _plans;

    /// <summary>Steps that read a large table from end to end, each with the statement's beginning.</summary>
    public IEnumerable<string> WholeTables =>
        from plan in _plans
        from step in plan.Value
        where ReadsAllInSqlite().IsMatch(step) || (ReadsAllInPostgres().Match(step) is { Success: true } read
            && double.Parse(read.Groups["cost"].Value, CultureInfo.InvariantCulture) > SmallTable)
        select $"{step.Trim()} for {plan.Key.ReplaceLineEndings(" ")}";

    /// <summary>Prints how the statement finds its rows, and every step of any statement that reads a large table whole.</summary>
    /// <param name="statement">Its beginning.</param>
    /// <exception cref="InvalidOperationException">It does without the index.</exception>
    public void Print(string statement, string index)
    {
        var plan = Plans.Single(p => p.Key.TrimStart().Replace("\"", "", StringComparison.Ordinal).StartsWith(statement, StringComparison.Ordinal)).Value;
        var step = plan.FirstOrDefault(s => s.Contains(index, StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"What is due is not found by {index}, but so:\n{string.Join('\n', plan)}");
        Console.WriteLine($"{"",-44} the claim's plan: {step.Trim()}");
        foreach (var whole in WholeTables)
        {
            Console.WriteLine($"{"",-44} READS A WHOLE TABLE: {whole}");
        }
    }

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        await ExplainAsync(command, cancellationToken);
        return result;
    }

    public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        await ExplainAsync(command, cancellationToken);
        return result;
    }

    /// <summary>Rows that EF Core tracked are changed by their key, several in one command: those are passed over.</summary>
    private async Task ExplainAsync(DbCommand command, CancellationToken cancellation)
    {
        if (!IsOn || command.CommandText.Contains(';', StringComparison.Ordinal) || !Finds().IsMatch(command.CommandText) || !_plans.TryAdd(command.CommandText, []))
        {
            return;
        }

        await using var explain = command.Connection!.CreateCommand();
        explain.Transaction = command.Transaction;
        explain.CommandText = $"{(command is SqliteCommand ? "EXPLAIN QUERY PLAN" : "EXPLAIN")} {command.CommandText}";
        foreach (DbParameter parameter in command.Parameters)
        {
            var same = explain.CreateParameter();
            (same.ParameterName, same.Value) = (parameter.ParameterName, parameter.Value);
            explain.Parameters.Add(same);
        }

        var steps = new List<string>();
        await using var reader = await explain.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            steps.Add(reader.GetString(reader.FieldCount - 1));
        }

        _plans[command.CommandText] = [.. steps];
    }

    [GeneratedRegex(@"^\s*(SELECT|UPDATE|DELETE|WITH)\b")]
    private static partial Regex Finds();

    [GeneratedRegex(@"^SCAN (?!CONSTANT ROW|\(subquery|.*VIRTUAL TABLE)")]
    private static partial Regex ReadsAllInSqlite();

    [GeneratedRegex(@"Seq Scan on .*cost=[\d.]+\.\.(?<cost>[\d.]+) ")]
    private static partial Regex ReadsAllInPostgres();
}
