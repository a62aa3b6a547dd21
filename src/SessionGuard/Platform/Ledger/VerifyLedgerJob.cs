using SessionGuard.Platform.Jobs;
using SessionGuard.Platform.Ledger.Chain;

namespace SessionGuard.Platform.Ledger;

/// <summary>Checks every chain. A broken one fails the pass, so that it stands among the jobs as failed until somebody looks.</summary>
internal sealed partial class VerifyLedgerJob(LedgerVerifier verifier, ILogger<VerifyLedgerJob> logger) : IJob
{
    public async Task RunAsync(CancellationToken cancellation)
    {
        var broken = 0;
        foreach (var organisation in await verifier.ChainsAsync(cancellation))
        {
            var verdict = await verifier.VerifyAsync(organisation, cancellation);
            if (verdict is { Fault: { } fault, BadSequence: { } sequence })
            {
                LogBroken(organisation, sequence, fault);
                broken++;
            }
        }

        if (broken > 0)
        {
            throw new LedgerBrokenException($"The ledger of {broken} organisation(s) does not hold.");
        }
    }

    [LoggerMessage(EventId = 401, Level = LogLevel.Critical,
        Message = "The ledger of organisation {Organisation} does not hold: entry {Sequence}, {Fault}.")]
    private partial void LogBroken(Guid organisation, long sequence, LedgerFault fault);
}

/// <summary>Somebody changed what must not change.</summary>
internal sealed class LedgerBrokenException(string message) : Exception(message);
