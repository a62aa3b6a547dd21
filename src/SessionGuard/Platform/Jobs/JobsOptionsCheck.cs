using Microsoft.Extensions.Options;
using SessionGuard.Platform.Storage;

namespace SessionGuard.Platform.Jobs;

/// <summary>Refuses an engine that is not in this program, or has no database to work on.</summary>
internal sealed class JobsOptionsCheck(IOptions<StorageOptions> storage) : IValidateOptions<JobsOptions>
{
    public ValidateOptionsResult Validate(string? name, JobsOptions options) => options.Engine switch
    {
        JobsEngine.Hangfire when JobsOptions.BuiltWith is not JobsEngine.Hangfire => ValidateOptionsResult.Fail(
            "Jobs:Engine is Hangfire, which this program was built without: build it with -p:JobEngine=Hangfire, or set Jobs:Engine to Quartz."),
        JobsEngine.Hangfire when storage.Value.Engine is StorageEngine.Sqlite => ValidateOptionsResult.Fail(
            "Jobs:Engine is Hangfire, which needs PostgreSQL: set Storage:Engine to PostgreSql, or Jobs:Engine to Quartz."),
        _ => ValidateOptionsResult.Success, // values that are none are refused where every setting is
    };
}
