using SessionGuard.Platform.Hosting;

namespace SessionGuard.Platform.Security;

/// <summary>Writes key files: whole or not at all, for nobody else to read.</summary>
internal static class KeyFile
{
    /// <summary>How long one process may take to make it; it takes milliseconds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>What the system calls a file that somebody else has open for themselves: Linux, macOS, Windows.</summary>
    private static readonly int[] TakenBySomebody = [11, 35, unchecked((int)0x80070020)];

    /// <summary>Leaves a file that is there as it is: where two processes make it in the same instant, one key counts for both.</summary>
    public static void TryMake(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        // A move that is not to replace anything looks first and renames then: without a turn, two could both find nothing there.
        using var turn = TakeTurn($"{file}.making");
        if (!File.Exists(file))
        {
            File.Move(WriteBeside(file, text), file, overwrite: false);
        }
    }

    /// <exception cref="StartException">The file cannot be written.</exception>
    public static void Replace(string file, string text)
    {
        try
        {
            File.Move(WriteBeside(file, text), file, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"Security:MasterKeyFile names {file}, which cannot be written: {fault.Message}");
        }
    }

    /// <summary>The system takes it back from a process that dies.</summary>
    private static FileStream TakeTurn(string file)
    {
        for (var since = Environment.TickCount64; ;)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
            }
            catch (IOException fault) when (TakenBySomebody.Contains(fault.HResult) && Environment.TickCount64 - since < Patience.TotalMilliseconds)
            {
                Thread.Sleep(1);
            }
        }
    }

    /// <summary>On the same disk, so that the move is one step, and down on it before the move.</summary>
    private static string WriteBeside(string file, string text)
    {
        var beside = $"{file}.{Environment.ProcessId}-{Environment.TickCount64:x}-{Environment.CurrentManagedThreadId}.new";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var stream = new FileStream(beside, options);
        stream.Write(System.Text.Encoding.UTF8.GetBytes(text));
        stream.Flush(flushToDisk: true);
        return beside;
    }
}
