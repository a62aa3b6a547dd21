using System.Diagnostics;
using System.Globalization;

namespace SessionGuard.ResilienceTests.Kit;

/// <summary>A disk in memory that can really be full. Making one needs root; without, the test is skipped and says so.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly string _filler;

    private SmallDisk(string folder) => (Folder, _filler) = (folder, Path.Combine(folder, "filler"));

    public string Folder { get; }

    public static async Task<SmallDisk> MountAsync(int megabytes)
    {
        var folder = Directory.CreateTempSubdirectory("sessionguard-disk-").FullName;
        var exit = await RunAsync(
            "mount", ["-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={megabytes}m,mode=0777"), "sessionguard-test", folder]);
        if (exit != 0)
        {
            Directory.Delete(folder);
            Assert.Skip("A small disk could not be mounted: that needs root.");
        }

        return new SmallDisk(folder);
    }

    /// <summary>Takes all of the free space but a little.</summary>
    public void Fill(long leaveBytes)
    {
        using var filler = new FileStream(_filler, FileMode.Append);
        var chunk = new byte[4096];
        for (var free = new DriveInfo(Folder).AvailableFreeSpace - leaveBytes; free >= chunk.Length; free -= chunk.Length)
        {
            filler.Write(chunk);
        }
    }

    public void Free() => File.Delete(_filler);

    public async ValueTask DisposeAsync()
    {
        if (await RunAsync("umount", [Folder]) == 0)
        {
            Directory.Delete(Folder);
        }
    }

    private static async Task<int> RunAsync(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true };
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
