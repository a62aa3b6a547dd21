using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Retention;

namespace SessionGuard.Safeguarding.Answers;

internal static class AnswersFeature
{
    /// <summary>What adults promised and said, whoever took it down.</summary>
    public static void AddAnswers(this WebApplicationBuilder builder)
    {
        builder.AddSettings<AnswerRetentionOptions>(KeepFor.Section);
        builder.Services.AddScoped<AnswerRegister>();
        builder.Services.AddLedgerActions(AnswerActions.All);
    }
}
