using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Storage;
using SessionGuard.School.Staff;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.School.Staff;

public sealed class StaffCookieTests
{
    [Theory]
    [InlineData("https://lessons.alder.example", "__Host-staff", true)]
    [InlineData("http://localhost:5080", "staff", false)]
    public async Task Cookie_is_bound_to_this_host_and_hidden_from_scripts(string publicUrl, string name, bool secure)
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite, new() { ["PublicUrl"] = publicUrl, ["Web:OtherHosts"] = "lessons.alder.example" });
        using var robin = new Browser(app);
        var link = await robin.AskForLinkAsync();

        var cookies = (await robin.PressAsync(link)).Cookies;
        var cookie = Assert.Single(cookies, c => c.StartsWith($"{name}=", StringComparison.Ordinal)).ToLowerInvariant();

        Assert.Contains("; httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("; samesite=lax", cookie, StringComparison.Ordinal);
        Assert.Contains("; path=/", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain("domain=", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain("expires=", cookie, StringComparison.Ordinal);
        Assert.True(!secure || cookie.Contains("; secure", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stranger_is_led_to_sign_in_and_back_and_another_role_is_refused()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        using var robin = new Browser(app);
        Assert.EndsWith("/sign-in?return=%2Finbox", (await robin.GetAsync("/inbox")).Location, StringComparison.Ordinal);

        await robin.SignInAsync();
        var refused = await robin.GetAsync("/inbox"); // an admin's page, and Robin is the lead

        Assert.Equal((403, null), (refused.Status, refused.Location));
    }

    [Theory, OnEachEngine]
    internal async Task Closed_account_is_out_at_once(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine);
        using var robin = new Browser(app);
        await robin.SignInAsync();
        Assert.True(await robin.IsSignedInAsync());

        await app.ReadAsync(db => db.Set<Account>().ExecuteUpdateAsync(set => set.SetProperty(a => a.ClosedAt, app.Clock.Now())));

        Assert.False(await robin.IsSignedInAsync());
    }

    [Theory, OnEachEngine]
    internal async Task Signing_out_ends_every_copy_of_the_cookie_and_the_ledger_knows(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine);
        using var robin = new Browser(app);
        using var phone = new Browser(app);
        await robin.SignInAsync();
        await phone.SignInAsync();

        Assert.Equal("/sign-in", (await robin.PressAsync("/sign-out")).Location);

        Assert.False(await robin.IsSignedInAsync());
        Assert.False(await phone.IsSignedInAsync());
        Assert.Equal(1, await app.ReadAsync(db => db.Set<LedgerEntry>().CountAsync(e => e.Action == "sign-out")));
    }

    [Theory]
    [InlineData(8 * 60 * 60, true)]
    [InlineData(8 * 60 * 60 + 1, false)]
    public async Task More_than_eight_hours_without_a_request_end_the_stay(int pauseSeconds, bool stays)
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        using var robin = new Browser(app);
        await robin.SignInAsync();

        app.Clock.Advance(TimeSpan.FromSeconds(pauseSeconds));

        Assert.Equal(stays, await robin.IsSignedInAsync());
    }

    [Fact]
    public async Task Twelve_hours_end_the_stay_however_busy_it_was()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        using var robin = new Browser(app);
        await robin.SignInAsync();

        for (var hour = 1; hour < 12; hour++)
        {
            app.Clock.Advance(TimeSpan.FromHours(1));
            Assert.True(await robin.IsSignedInAsync());
        }

        app.Clock.Advance(TimeSpan.FromHours(1));
        Assert.False(await robin.IsSignedInAsync());
    }

    [Theory, OnEachEngine]
    internal async Task Request_sees_the_rows_of_its_own_school_and_the_role_as_it_is_now(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine, new()
        {
            ["Organisations:1:Slug"] = "birch",
            ["Organisations:1:Name"] = "Birch Music",
            ["Organisations:1:Lead:Name"] = "Kim Lead",
            ["Organisations:1:Lead:Email"] = "kim@birch.example",
        });
        using var robin = new Browser(app);
        var link = await robin.AskForLinkAsync();
        var cookies = (await robin.PressAsync(link)).Cookies;
        var cookie = Assert.Single(cookies, c => c.StartsWith("__Host-staff=", StringComparison.Ordinal)).Split(';')[0];
        await app.ReadAsync(db => db.AccountsAt(Browser.Lead).ExecuteUpdateAsync(set => set.SetProperty(a => a.Role, Role.Deputy)));

        await using var scope = app.Services.CreateAsyncScope();
        var request = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        request.Request.Headers.Cookie = cookie;
        scope.ServiceProvider.GetRequiredService<IHttpContextAccessor>().HttpContext = request;
        var caller = (await request.AuthenticateAsync(IdentityConstants.ApplicationScheme)).Principal!;

        Assert.Equal(app.School.Id.ToString(), caller.FindFirst(StaffClaims.Organisation)!.Value);
        Assert.True(caller.IsInRole("deputy"));
        var db = scope.ServiceProvider.GetRequiredService<SessionGuardDb>();
        Assert.Equal(["Robin Lead"], await db.Set<RoleHolder>().Select(h => h.Name).ToListAsync());
        Assert.Equal([Browser.Lead], await db.Set<Account>().Select(a => a.Email).ToListAsync());
    }
}
