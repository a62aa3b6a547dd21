using SessionGuard.Platform.Storage;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Surfaces.Shell;

/// <summary>The service with a school's week in its database; shared by the tests of a class, which only read.</summary>
public sealed class SchoolApp : IAsyncLifetime
{
    internal App App { get; private set; } = null!;

    internal SeededSchool School { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        App = await App.StartAsync(StorageEngine.Sqlite, SeededSchool.Settings);
        School = await SeededSchool.PlantAsync(App.Services, App.Clock.GetUtcNow(), withPeople: true);
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();
}
