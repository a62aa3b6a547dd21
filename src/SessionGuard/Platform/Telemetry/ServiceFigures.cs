using System.Data.Common;
using System.Diagnostics.Metrics;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Storage;

namespace SessionGuard.Platform.Telemetry;

/// <summary>
/// How the service stands, as its records tell it. Read at most every few seconds however many ask, and without a database there is still an
/// answer: that it does not answer.
/// </summary>
internal sealed class ServiceFigures : IDisposable
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private static readonly Figure DatabaseAnswers =
        new("sessionguard.database.answers", "1 while the records can be read; without them some figures are missing.");

    private readonly IServiceScopeFactory _scopes;
    private readonly IReadOnlyList<IFigureSource> _sources;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _one = new(1);
    private IReadOnlyList<FigureValue> _last = [];
    private DateTimeOffset? _readAt;

    public ServiceFigures(IServiceScopeFactory scopes, IEnumerable<IFigureSource> sources, IMeterFactory meters, TimeProvider clock)
    {
        (_scopes, _sources, _clock) = (scopes, [.. sources], clock);
        Figures = [DatabaseAnswers, .. _sources.SelectMany(s => s.Figures)];
        foreach (var figure in Figures)
        {
            meters.Create(figure.IsForEachSchool ? Instruments.SchoolsMeter : Instruments.FiguresMeter).CreateObservableGauge(figure.Name, () => Measure(figure), figure.Unit, figure.Help);
        }
    }

    public IReadOnlyList<Figure> Figures { get; }

    /// <summary>Brings up to date what the gauges show: nobody may wait for a database while they are collected.</summary>
    public async Task<IReadOnlyList<FigureValue>> RefreshAsync(CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            var now = _clock.Now();
            if (_readAt is not { } readAt || now - readAt >= KeptFor || now < readAt)
            {
                _last = await AskAsync(now, cancellation);
                _readAt = now;
            }

            return _last;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    /// <summary>What was not read this time is not shown: a value of before would look like one of now.</summary>
    private IEnumerable<Measurement<double>> Measure(Figure figure) =>
        from value in _last
        where value.Figure == figure
        select value.Label.Length > 0
            ? new Measurement<double>(value.Value, new KeyValuePair<string, object?>(value.Label, value.LabelValue))
            : new Measurement<double>(value.Value);

    private async Task<IReadOnlyList<FigureValue>> AskAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            await using var scope = _scopes.CreateServiceScope();
            var db = scope.ServiceProvider.GetRequiredService<SessionGuardDb>();
            var values = new List<FigureValue> { DatabaseAnswers.Is(1) };
            foreach (var source in _sources)
            {
                values.AddRange(await source.ReadAsync(db, now, limit.Token));
            }

            return values;
        }
        catch (Exception failure) when (failure is DbException or InvalidOperationException or TimeoutException
            || failure is OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            return [DatabaseAnswers.Is(0)];
        }
    }
}

internal static class Ages
{
    /// <summary>0 for nothing, and for what a clock that runs ahead has stamped.</summary>
    public static double SecondsSince(this DateTimeOffset now, DateTimeOffset? instant) => instant is { } at ? Math.Max(0, (now - at).TotalSeconds) : 0;
}
