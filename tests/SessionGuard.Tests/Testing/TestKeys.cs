[assembly: AssemblyFixture(typeof(SessionGuard.Tests.Testing.TestKeys))]

namespace SessionGuard.Tests.Testing;

/// <summary>The key file of the run.</summary>
public sealed class TestKeys : IDisposable
{
    private static readonly string Folder = Directory.CreateTempSubdirectory("sessionguard-keys-").FullName;

    public static string File { get; } = Path.Combine(Folder, "master.key");

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
