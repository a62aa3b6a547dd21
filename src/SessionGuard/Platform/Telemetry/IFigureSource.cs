using SessionGuard.Platform.Storage;

namespace SessionGuard.Platform.Telemetry;

/// <summary>The figures of one feature, read from its own tables. The feature registers it with <see cref="FigureSources.AddFigures"/>.</summary>
internal interface IFigureSource
{
    /// <summary>All that <see cref="ReadAsync"/> may tell. Their names are served for good: alerts are written on them.</summary>
    IReadOnlyList<Figure> Figures { get; }

    /// <summary>Each question must be answered by an index: somebody asks every few seconds, however large the tables.</summary>
    /// <param name="db">Sees every school.</param>
    /// <param name="now">What ages are measured from.</param>
    /// <param name="cancellation">The reader's patience.</param>
    Task<IReadOnlyList<FigureValue>> ReadAsync(SessionGuardDb db, DateTimeOffset now, CancellationToken cancellation);
}

internal static class FigureSources
{
    public static void AddFigures<T>(this IServiceCollection services)
        where T : class, IFigureSource => services.AddSingleton<IFigureSource, T>();
}
