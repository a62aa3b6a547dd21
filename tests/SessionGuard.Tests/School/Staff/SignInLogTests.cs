using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SessionGuard.Platform.Storage;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.School.Staff;

public sealed class SignInLogTests
{
    [Fact]
    public async Task Neither_code_nor_address_is_in_the_log()
    {
        using var log = new Lines();
        await using var app = await App.StartAsync(
            StorageEngine.Sqlite,
            services: services => services.AddLogging(logging => logging.ClearProviders().AddProvider(log)));
        using var robin = new Browser(app);
        var link = await robin.AskForLinkAsync();
        await robin.PressAsync(link);
        await robin.PressAsync(link);
        await robin.PressAsync("/sign-out");

        Assert.NotEmpty(log.All);
        var code = link.Split('/')[^1];
        Assert.DoesNotContain(log.All, line => line.Contains(code, StringComparison.Ordinal));
        Assert.DoesNotContain(log.All, line => line.Contains(Browser.Lead, StringComparison.OrdinalIgnoreCase));
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> All { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            All.Enqueue(formatter(state, exception) + exception);

        public void Dispose()
        {
        }
    }
}
