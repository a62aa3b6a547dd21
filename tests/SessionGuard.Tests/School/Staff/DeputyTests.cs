using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Platform.Storage;
using SessionGuard.School.Staff;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.School.Staff;

public sealed class DeputyTests
{
    private const string Address = "noor@alder.example";

    [Fact]
    public async Task Who_gets_the_deputys_role_holds_the_duty_until_they_get_another()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        await EnsureAsync(app, "Noor", Role.Teacher);
        Assert.Empty(await HoldersAsync(app));

        await EnsureAsync(app, "Noor", Role.Deputy);
        await EnsureAsync(app, "Noor Patel", Role.Deputy);
        Assert.Equal(("Noor Patel", Address, null), Assert.Single(await HoldersAsync(app)));

        await EnsureAsync(app, "Noor Patel", Role.Teacher);
        Assert.Equal(app.Clock.GetUtcNow(), Assert.Single(await HoldersAsync(app)).To);

        await EnsureAsync(app, "Noor Patel", Role.Deputy);
        Assert.Equal(1, (await HoldersAsync(app)).Count(h => h.To is null));
    }

    private static async Task EnsureAsync(App app, string name, Role role)
    {
        await using var scope = app.Services.GetRequiredService<IServiceScopeFactory>().CreateServiceScope();
        await scope.ServiceProvider.GetRequiredService<StaffAccounts>().EnsureAsync(app.School.Id, Address, name, role, CancellationToken.None);
        await scope.ServiceProvider.GetRequiredService<SessionGuardDb>().SaveChangesAsync();
    }

    private static Task<List<(string Name, string Email, DateTimeOffset? To)>> HoldersAsync(App app) => app.ReadAsync(async db =>
        (await db.Set<RoleHolder>().Where(h => h.Duty == Duty.Deputy).ToListAsync()).ConvertAll(h => (h.Name, h.Email, h.To)));
}
