using System.CommandLine;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Jobs;
using SessionGuard.Platform.RestoreHold;
using SessionGuard.Platform.Storage;
using SessionGuard.Surfaces.Commands;
using SessionGuard.Tests.Platform.Jobs;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Surfaces.Commands;

public sealed class OneOffTests
{
    /// <summary>The verb would be gone before the pass is over, and the services with it.</summary>
    [Fact]
    public async Task A_verb_wakes_no_job_of_its_own_process()
    {
        using var folder = new TemporaryFolder();
        var passes = 0;
        var script = new JobScript
        {
            Pass = (_, _) =>
            {
                passes++;
                return Task.CompletedTask;
            },
        };
        WebApplication Build(WebApplicationBuilder builder)
        {
            builder.AddService();
            builder.AddStorage();
            builder.AddRestoreHold();
            builder.AddJobs([ScheduledJob.Each<ScriptedJob>(TimeSpan.FromMinutes(1), "Scripted")]);
            builder.Services.AddSingleton(script);
            return builder.Build();
        }

        var exitCode = await OneOff.RunAsync(Build, new RootCommand { TreatUnmatchedTokensAsErrors = false }.Parse([$"--DataFolder={folder.Path}", "--Jobs:Enabled=true"]), async (services, cancellation) =>
        {
            services.GetRequiredService<JobWaker>().Wake<ScriptedJob>();
            services.GetRequiredService<JobWaker>().WakeIn<ScriptedJob>(TimeSpan.Zero);
            await services.GetRequiredService<JobRunner>().StopAsync(cancellation); // waits for what was woken
            return 0;
        }, CancellationToken.None);

        Assert.Equal((0, 0), (exitCode, passes));
    }
}
