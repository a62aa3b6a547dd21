using System.Diagnostics;

namespace SessionGuard.Benchmarks;

/// <summary>A disk whose sync takes 4 ms more, for every process started while this lives: a library put before libc.</summary>
internal sealed class SlowDisk : IDisposable
{
    private const string Preload = "LD_PRELOAD";

    private const string Source =
        """
        #define _GNU_SOURCE
        #include <dlfcn.h>
        #include <unistd.h>
        static int slowly(const char *name, int fd) { usleep(4000); return ((int (*)(int))dlsym(RTLD_NEXT, name))(fd); }
        int fsync(int fd) { return slowly("fsync", fd); }
        int fdatasync(int fd) { return slowly("fdatasync", fd); }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("sessionguard-slowdisk-").FullName;

    private SlowDisk()
    {
    }

    /// <summary>Null: there is no C compiler to build it with.</summary>
    public static SlowDisk? Insert()
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/usr/bin/cc"))
        {
            return null;
        }

        var disk = new SlowDisk();
        File.SetUnixFileMode(disk._folder, (UnixFileMode)0b111_101_101);
        File.WriteAllText(Path.Combine(disk._folder, "slow.c"), Source);
        using var compiler = Process.Start("cc", ["-shared", "-fPIC", "-O2", "-o", Path.Combine(disk._folder, "slow.so"), Path.Combine(disk._folder, "slow.c"), "-ldl"]);
        compiler.WaitForExit();
        Environment.SetEnvironmentVariable(Preload, Path.Combine(disk._folder, "slow.so"));
        return disk;
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(Preload, null);
        Directory.Delete(_folder, recursive: true);
    }
}
