namespace SessionGuard.Platform.Backups;

/// <summary>A file that holds everything the database does: only the account that made it may look.</summary>
internal static class PrivateFile
{
    /// <summary>Makes it empty, whatever was there.</summary>
    public static void Make(string file)
    {
        File.Delete(file);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var stream = new FileStream(file, options);
    }
}

/// <summary>What a file says of itself in its first bytes.</summary>
internal static class FileHead
{
    public static bool Is(string file, ReadOnlySpan<byte> magic)
    {
        using var stream = File.OpenRead(file);
        Span<byte> head = stackalloc byte[magic.Length];
        return stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && head.SequenceEqual(magic);
    }
}
