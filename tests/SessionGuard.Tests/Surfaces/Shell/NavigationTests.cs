using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Platform.Http;
using SessionGuard.School.Staff;
using SessionGuard.Surfaces.Shell;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Surfaces.Shell;

public sealed class NavigationTests(SchoolApp fixture) : IClassFixture<SchoolApp>
{
    [Theory]
    [InlineData(Role.Teacher, "Today, Classes")]
    [InlineData(Role.Lead, "Flags, Classes, Jobs")]
    [InlineData(Role.Deputy, "Flags, Classes")]
    [InlineData(Role.Admin, "Classes, Jobs, Set aside, Undelivered")]
    internal void Each_role_sees_what_it_may_open_in_one_order(Role role, string expected) =>
        Assert.Equal(expected, string.Join(", ", fixture.App.Services.GetRequiredService<Navigation>().GetEntries(role).Select(e => e.Name)));

    [Fact]
    public void No_two_entries_share_a_name_an_address_or_a_place()
    {
        var entries = Entries();
        entries.ForEach(e => TestContext.Current.TestOutputHelper?.WriteLine($"{e.Order}: {e.Name}, {e.Address}, row {e.Route}"));

        Assert.Equal(entries.Count, entries.DistinctBy(e => e.Name).Count());
        Assert.Equal(entries.Count, entries.DistinctBy(e => e.Address).Count());
        Assert.Equal(entries.Count, entries.DistinctBy(e => e.Order).Count());
    }

    [Fact]
    public void Every_page_that_only_staff_may_open_has_an_entry_or_lies_below_one()
    {
        var entries = Entries();
        var pages = fixture.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<PageActionDescriptor>() is not null && SchoolAccess.Table.Find(e) is { } callers && !callers.HasFlag(Callers.Stranger)).ToList();

        Assert.True(pages.Count >= entries.Count, "The pages were not found.");
        var routes = pages.ConvertAll(p => p.RoutePattern.RawText!.Trim('/'));
        Assert.All(routes, route => Assert.Contains(entries, e => e.Route == route || e.Leads(new PathString($"/{route}"))));
        Assert.All(entries, entry => Assert.Contains(entry.Route, routes));
    }

    private List<MenuEntry> Entries() => [.. fixture.App.Services.GetServices<MenuEntry>()];
}
