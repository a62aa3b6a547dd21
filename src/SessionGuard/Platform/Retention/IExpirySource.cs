namespace SessionGuard.Platform.Retention;

/// <summary>What of one feature's rows is deleted by itself, and when. What is in no source stays for good.</summary>
internal interface IExpirySource
{
    IEnumerable<Expiry> Expiries { get; }
}

internal static class ExpirySources
{
    public static void AddExpiries<TSource>(this IServiceCollection services)
        where TSource : class, IExpirySource => services.AddSingleton<IExpirySource, TSource>();
}
