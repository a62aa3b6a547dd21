using SessionGuard.Surfaces.Commands;
using SessionGuard.Surfaces.Seeding;

namespace SessionGuard.Demo;

/// <summary>The service's own verbs, and <c>demo</c> beside them.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args) => CommandLine.RunAsync(args, SessionGuard.Program.Build, SeedCommand.Create, DemoCommand.Create);
}
