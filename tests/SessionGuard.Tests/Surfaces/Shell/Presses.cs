using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Surfaces.Shell;

/// <summary>A button on a staff page: where it sends to, with what, and by whom its press counts.</summary>
/// <param name="Name">The page's route and the button's handler.</param>
internal sealed record Press(string Name, Func<Belongings, string> Path, Func<Belongings, (string, string)[]> Fields, Func<Who, bool> MayInSchool);

/// <summary>Every button on a staff page that changes something named.</summary>
internal static class Presses
{
    private static readonly Func<Who, bool> Anybody = _ => true;
    private static readonly Func<Who, bool> Leads = who => who is Who.Lead or Who.Deputy or Who.LeadElsewhere;
    private static readonly Func<Who, bool> NotTheOffice = who => who is not Who.Admin;
    private static readonly Func<Who, bool> ItsTeacher = who => who is Who.Teacher or Who.OtherTeacher;
    private static readonly Func<Who, bool> ItsTeacherOrTheOffice = who => ItsTeacher(who) || who is Who.Admin;
    private static readonly Func<Who, bool> TheOffice = who => who is Who.Admin;

    public static IReadOnlyList<Press> All { get; } =
    [
        new("sessions/{id:guid} Remind", b => $"/sessions/{b.Session}?handler=Remind", b => [("child", $"{b.Child}")], Anybody),
        new(
            "sessions/{id:guid} Phone", b => $"/sessions/{b.Session}?handler=Phone",
            b => [("child", $"{b.Child}"), ("carer", $"{b.Carer}"), ("answer", "CannotCome")], Anybody),
        new("sessions/{id:guid} ThisIs", b => $"/sessions/{b.Session}?handler=ThisIs", b => [("key", b.ScreenKey), ("seat", $"{b.Seat}")], NotTheOffice),
        new("sessions/{id:guid} Name", b => $"/sessions/{b.Session}?handler=Name", b => [("name", "Little movers"), ("mode", "Nearby")], ItsTeacherOrTheOffice),
        new("sessions/{id:guid} Explain", b => $"/sessions/{b.Session}?handler=Explain", b => [("flag", $"{b.Flag}"), ("text", "The caretaker.")], ItsTeacher),
        new("sessions/{id:guid}/live ThisIs", b => $"/sessions/{b.Session}/live?handler=ThisIs", b => [("key", b.ScreenKey), ("seat", "staff")], NotTheOffice),
        new(
            "sessions/{id:guid}/live Adult", b => $"/sessions/{b.Session}/live?handler=Adult", b => [("child", $"{b.Child}"), ("fact", "AdultIsNotThere")],
            NotTheOffice),
        new(
            "flags/{id:guid?} Close", b => $"/flags/{b.Flag}?handler=Close", b => [("reason", "WrongAlarm"), ("note", "It was the caretaker.")], Leads),
        new("inbox ", _ => "/inbox", b => [("id", $"{b.Delivery}")], TheOffice),
    ];

    /// <summary>The buttons of all pages of the service: the page's route, and the name of what the button asks for.</summary>
    public static async Task<IReadOnlyList<(RouteEndpoint Page, string Handler)>> OfPagesAsync(App app)
    {
        var loader = app.Services.GetRequiredService<PageLoader>();
        var found = new List<(RouteEndpoint, string)>();
        foreach (var page in app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            if (page.Metadata.GetMetadata<PageActionDescriptor>() is { } descriptor)
            {
                var compiled = await loader.LoadAsync(descriptor, page.Metadata);
                found.AddRange(compiled.HandlerMethods.Where(h => h.HttpMethod == "Post").Select(h => (page, h.Name ?? "")));
            }
        }

        return found;
    }
}
