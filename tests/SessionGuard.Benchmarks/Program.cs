using SessionGuard.Benchmarks;

return args switch
{
    // Children: each runs as a process of its own.
    ["bare", var port] => await BareReceiver.RunAsync(port),
    ["row", var port, var engine, var connection] => await RowReceiver.RunAsync(port, engine, connection),
    ["zoom", var port] => await DistantZoom.RunAsync(port),
    ["load"] => await LoadGenerator.RunAsync(Console.In, Console.Out),

    ["door", .. var rest] => await Bench.RunAsync(rest, DoorBench.RunAsync),
    ["pace", .. var rest] => await Bench.RunAsync(rest, DoorBench.PaceAsync),
    ["apply", .. var rest] => await Bench.RunAsync(rest, ApplyBench.RunAsync),
    ["million", .. var rest] => await Bench.RunAsync(rest, MillionBench.RunAsync),
    ["start", .. var rest] => await Bench.RunAsync(rest, StartBench.RunAsync),
    ["judge", .. var rest] => await Bench.RunAsync(rest, JudgeBench.RunAsync),
    ["asks", .. var rest] => await Bench.RunAsync(rest, AsksBench.RunAsync),
    ["mail", .. var rest] => await Bench.RunAsync(rest, MailBench.RunAsync),
    ["confirm", .. var rest] => await Bench.RunAsync(rest, ConfirmBench.RunAsync),
    ["nodes", .. var rest] => await Bench.RunAsync(rest, NodesBench.RunAsync),
    ["idle", .. var rest] => await Bench.RunAsync(rest, IdleBench.RunAsync),
    ["drain", .. var rest] => await Bench.RunAsync(rest, DrainBench.RunAsync),
    ["seal", .. var rest] => await Bench.RunAsync(rest, SealBench.RunAsync),
    ["checks", .. var rest] => await Bench.RunAsync(rest, ChecksBench.RunAsync),
    ["pass", .. var rest] => await Bench.RunAsync(rest, PassBench.RunAsync),
    ["all", .. var rest] => await Bench.RunAsync(
        rest, DoorBench.RunAsync, DoorBench.PaceAsync, ApplyBench.RunAsync, JudgeBench.RunAsync, AsksBench.RunAsync, MailBench.RunAsync, ConfirmBench.RunAsync,
        SealBench.RunAsync, StartBench.RunAsync, ChecksBench.RunAsync, PassBench.RunAsync, DrainBench.RunAsync, NodesBench.RunAsync, IdleBench.RunAsync, MillionBench.RunAsync),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: door | pace | apply | judge | asks | mail | confirm | seal | start | checks | pass | drain | nodes | idle | million | all   "
        + "[--engine sqlite|postgres] [--seconds N] [--rounds N] [--sessions N] [--asks N]");
    return 2;
}
