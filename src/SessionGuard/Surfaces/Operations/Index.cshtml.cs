using System.Globalization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SessionGuard.Platform.Jobs;
using SessionGuard.Platform.Text;
using SessionGuard.Rules;

namespace SessionGuard.Surfaces.Operations;

/// <summary>Every job: when it last ran and how that went, when it runs next, and what waits for it. Then the processes that do all this.</summary>
internal sealed class IndexModel(JobsOverview overview, NodesOverview processes) : PageModel
{
    public IReadOnlyList<JobOverview> Jobs { get; private set; } = [];

    public IReadOnlyList<NodeOverview> Nodes { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        Nodes = await processes.ReadAsync(cancellation);
        Jobs = await overview.ReadAsync(Nodes, cancellation);
    }

    /// <summary>The job's title; its name where another node runs one that this build does not know.</summary>
    public string GetTitle(string name) => Jobs.FirstOrDefault(j => j.Name == name)?.Title ?? name;

    public static ResultMark Mark(JobOverview job) => job.Outcome switch
    {
        JobOutcome.WentWell => new ResultMark(RuleResult.Met, "Went well"),
        JobOutcome.Failed => new ResultMark(RuleResult.NotMet, "Failed", IsUrgent: job.FailuresInARow > 2),
        JobOutcome.NotRunYet => new ResultMark(RuleResult.CouldNotCheck, "Not run yet"),
    };

    public static ResultMark Mark(NodeOverview node, LocalTime time) => node.IsAlive
        ? new ResultMark(RuleResult.Met, "Running")
        : new ResultMark(RuleResult.NotMet, $"Not heard from since {time.Short(node.Node.SeenAt)}");

    public static string Does(Node node) => node switch
    {
        { TakesDeliveries: true, RunsJobs: true } => "Takes what Zoom tells, runs jobs",
        { TakesDeliveries: true } => "Takes what Zoom tells; runs no jobs",
        { RunsJobs: true } => "Runs jobs; takes nothing from Zoom",
        _ => "Shows pages only",
    };

    public static string Took(TimeSpan? duration) => duration switch
    {
        null => "",
        { TotalSeconds: < 1 } brief => string.Create(CultureInfo.InvariantCulture, $"{brief.TotalMilliseconds:0} ms"),
        { TotalMinutes: < 1 } some => string.Create(CultureInfo.InvariantCulture, $"{some.TotalSeconds:0.0} s"),
        { } lengthy => string.Create(CultureInfo.InvariantCulture, $"{lengthy.TotalMinutes:0.0} min"),
    };
}
