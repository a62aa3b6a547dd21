using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Tenancy;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Benchmarks;

/// <summary>The service inside this process, without its timers: to call one part of it, and to make a database ready.</summary>
internal sealed class ServiceInside : WebApplicationFactory<ServiceOptions>
{
    private readonly Storage _storage;
    private readonly IInterceptor? _other;
    private readonly IEnumerable<(string Key, string Value)> _settings;

    private ServiceInside(Storage storage, IInterceptor? other, IEnumerable<(string Key, string Value)> settings) =>
        (_storage, _other, _settings) = (storage, other, settings);

    public PlanWatch Plans { get; } = new();

    public Guid School => Services.GetRequiredService<OrganisationDirectory>().BySlug(Zoom.Slug)!.Id;

    /// <summary>Returns once the database has its schema and the school.</summary>
    /// <param name="other">What watches beside <see cref="Plans"/>.</param>
    /// <param name="settings">Beside or instead of the usual ones.</param>
    public static ServiceInside Start(Storage storage, IInterceptor? other = null, IEnumerable<(string Key, string Value)>? settings = null)
    {
        var service = new ServiceInside(storage, other, settings ?? []);
        _ = service.Server;
        return service;
    }

    /// <summary>Works with the services of one scope that sees every school.</summary>
    public async Task<T> DoAsync<T>(Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = Services.GetRequiredService<IServiceScopeFactory>().CreateServiceScope();
        return await work(scope.ServiceProvider);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Production").UseContentRoot(Path.Combine(Source.Root, "src", "SessionGuard"));
        foreach (var (key, value) in _storage.AppSettings(jobs: false).Concat(_settings))
        {
            builder.UseSetting(key.Replace("__", ":", StringComparison.Ordinal), value);
        }

        // Standard output is the figures' alone; what fails is thrown.
        builder.ConfigureTestServices(services =>
        {
            services.AddLogging(logging => logging.ClearProviders()).AddSingleton<IInterceptor>(Plans);
            if (_other is not null)
            {
                services.AddSingleton(_other);
            }
        });
    }
}
