using SessionGuard.Demo.Actors;
using SessionGuard.ZoomSandbox;

namespace SessionGuard.Demo.Stories;

/// <summary>What more than one story begins with.</summary>
internal static class Scenes
{
    /// <summary>Three days ahead the families of Maya, Aisha and Ben are asked, and say that they will be there.</summary>
    public static async Task EverybodyAnswersAsync(Stage stage, DateTimeOffset start, CancellationToken cancellation)
    {
        await stage.SkipToAsync(start.AddHours(-72), cancellation);
        await stage.TellAsync("Three days ahead each family is asked by mail. They answer on their telephones.", cancellation);
        await stage.Cast.Sana.AnswerAsync(cancellation);
        await stage.Cast.Helen.AnswerAsync(cancellation);
        var last = await stage.Cast.Dana.AnswerAsync(cancellation);
        await stage.SettleAsync(cancellation);
        stage.Expect("Each is thanked on the page.", last.Says("Thank you"));
    }

    /// <summary>Alex opens the class five minutes early.</summary>
    public static async Task OpenAsync(Stage stage, DateTimeOffset start, CancellationToken cancellation)
    {
        stage.SkipTo(start.AddMinutes(-5));
        await stage.TellAsync("Alex opens the class in Zoom.", cancellation);
        stage.Cast.Alex.Start();
        await stage.SettleAsync(cancellation);
    }

    /// <summary>Alex lets in who waits.</summary>
    public static async Task AdmitAsync(Stage stage, IReadOnlyCollection<SandboxParticipant?> waiting, CancellationToken cancellation)
    {
        stage.SkipTo(stage.Now.AddMinutes(1));
        stage.Cast.Alex.Admit(waiting);
        await stage.SettleAsync(cancellation);
    }

    /// <summary>The class ends in time, and Zoom's own report of it is fetched.</summary>
    public static async Task EndAsync(Stage stage, DateTimeOffset start, CancellationToken cancellation)
    {
        await stage.SkipToAsync(start.AddMinutes(45), cancellation);
        await stage.TellAsync("The class ends.", cancellation);
        stage.Cast.Alex.End();
        await stage.SettleAsync(cancellation);
        await stage.SkipToAsync(start.AddMinutes(65), cancellation);
    }
}
