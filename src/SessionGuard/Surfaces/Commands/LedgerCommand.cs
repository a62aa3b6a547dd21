using System.CommandLine;
using SessionGuard.Platform.Ledger;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Tenancy;

namespace SessionGuard.Surfaces.Commands;

/// <summary><c>ledger verify</c>: computes the chains again, and names the first bad entry of each. Reads only.</summary>
internal static class LedgerCommand
{
    public static Command Create(Func<WebApplicationBuilder, WebApplication> build)
    {
        var organisation = new Option<string?>("--organisation") { Description = "The school's slug; every school without it." };
        var verify = new Command("verify", "Checks that no entry was changed, removed or put in. Exit code 1 when one was.") { organisation };
        verify.SetAction((parse, cancellation) => OneOff.RunAsync(
            build, parse, (services, token) => VerifyAsync(services, parse.GetValue(organisation), token), cancellation));
        return new Command("ledger", "The chain of facts that cannot be taken back.") { verify };
    }

    private static async Task<int> VerifyAsync(IServiceProvider services, string? slug, CancellationToken cancellation)
    {
        await services.GetRequiredService<DatabaseMigrator>().CheckAsync(cancellation);
        var directory = services.GetRequiredService<OrganisationDirectory>();
        await directory.RefreshAsync(cancellation);
        var verifier = services.GetRequiredService<LedgerVerifier>();
        var chains = slug is not null
            ? [services.Organisation(slug).Id]
            : directory.All.Select(o => o.Id).Union(await verifier.ChainsAsync(cancellation));
        var broken = 0;
        foreach (var chain in chains)
        {
            var verdict = await verifier.VerifyAsync(chain, cancellation);
            broken += verdict.Holds ? 0 : 1;
            Console.WriteLine($"{directory.ById(chain)?.Slug ?? chain.ToString()}: {Describe(verdict)}");
        }

        return broken == 0 ? 0 : 1;
    }

    private static string Describe(LedgerVerdict verdict) => verdict.Fault is { } fault
        ? $"entry {verdict.BadSequence} {Describe(fault)}"
        : $"{verdict.Entries} entries, sound, end {Convert.ToHexStringLower(verdict.Hash)}";

    private static string Describe(LedgerFault fault) => fault switch
    {
        LedgerFault.Altered => "was altered",
        LedgerFault.Missing => "is missing",
        LedgerFault.Reordered => "is another entry in its place",
        LedgerFault.DoesNotFollow => "does not follow the one before it: it, or that one, was put there later",
        LedgerFault.CutShort => "and what came after it are missing",
        LedgerFault.BeyondTheEnd => "was put in without being chained",
        LedgerFault.EndDiffers => "is not what the chain's recorded end says",
        LedgerFault.EndMissing => "is the last, and the chain's recorded end is missing",
    };
}
