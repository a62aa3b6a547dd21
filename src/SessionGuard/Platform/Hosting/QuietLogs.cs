namespace SessionGuard.Platform.Hosting;

/// <summary>
/// What the log may carry. The framework's finer lines quote paths, form fields and tokens, and a path may hold a family's code: they
/// stay off whatever level the configuration asks for.
/// </summary>
internal static class QuietLogs
{
    private static readonly string[] Talkative =
        ["Microsoft.AspNetCore", "Microsoft.EntityFrameworkCore", "Microsoft.Extensions.Http", "Microsoft.IdentityModel", "System.Net.Http"];

    /// <summary>
    /// Silent altogether: while it may say anything at all, it wraps every line of a request in a scope with the request's path, and
    /// whoever has scopes written would have families' codes in the log. What escapes the error page Kestrel logs too.
    /// </summary>
    private const string RequestScope = "Microsoft.AspNetCore.Hosting.Diagnostics";

    public static void AddQuietLogs(this WebApplicationBuilder builder)
    {
        if (builder.Environment.IsProduction())
        {
            builder.Logging.AddJsonConsole(options =>
            {
                options.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
                options.UseUtcTimestamp = true;
            });
        }

        builder.Services.PostConfigure<LoggerFilterOptions>(KeepQuiet);
    }

    private static void KeepQuiet(LoggerFilterOptions options)
    {
        LoggerFilterRule[] rules = [new(null, null, options.MinLevel, null), .. options.Rules];
        options.Rules.Clear();
        foreach (var rule in rules)
        {
            options.Rules.Add(new LoggerFilterRule(rule.ProviderName, rule.CategoryName, rule.LogLevel, (provider, category, level) =>
                category is not RequestScope && (level >= LogLevel.Warning || !IsTalkative(category)) && (rule.Filter?.Invoke(provider, category, level) ?? true)));
        }
    }

    private static bool IsTalkative(string? category) =>
        category is not null && Array.Exists(Talkative, name => category.StartsWith(name, StringComparison.Ordinal));
}
