using SessionGuard.Platform.Hosting;

namespace SessionGuard.Platform.Security;

/// <summary>Writes key files: whole or not at all, for nobody else to read.</summary>
internal static class KeyFile
{
    /// <summary>Leaves a file that is there as it is: where two processes make it in the same instant, one key counts for both.</summary>
    public static void TryMake(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var written = WriteBeside(file, text);
        try
        {
            File.Move(written, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            File.Delete(written);
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
