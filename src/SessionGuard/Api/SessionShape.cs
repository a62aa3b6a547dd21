using SessionGuard.Accounts;
using SessionGuard.Organisations;
using SessionGuard.Presence;
using SessionGuard.Sessions;
using SessionGuard.Teaching;

namespace SessionGuard.Api;

/// <summary>Turns sessions into what the API says about them.</summary>
internal sealed class SessionShape(Stays stays, Viewer viewer, OrganisationDirectory organisations)
{
    public async Task<IReadOnlyList<SessionRecord>> OfAsync(IReadOnlyList<SessionView> views, CancellationToken cancellation)
    {
        var runs = views.SelectMany(view => view.Runs).ToDictionary(run => run.Uuid, run => run.EndedAt, StringComparer.Ordinal);
        var inThem = await stays.OfAsync(runs, cancellation);
        var slug = organisations.ById(viewer.OrganisationId)?.Slug ?? "";
        return [.. views.Select(view => SessionRecord.Of(view, slug, inThem))];
    }
}
