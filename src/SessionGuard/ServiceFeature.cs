namespace SessionGuard;

internal static class ServiceFeature
{
    public static void AddService(this WebApplicationBuilder builder)
    {
        builder.AddSettings<ServiceOptions>("")
            .Validate(o => IsUsable(o.DataFolder), "DataFolder cannot be used: it must be a folder that this account may write to.");
        builder.Services.AddSingleton(TimeProvider.System);
        // A supervisor's patience is usually longer; jobs and requests under way are told to end at once and need far less.
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(10));
    }

    private static bool IsUsable(string folder)
    {
        if (folder.Length == 0)
        {
            return false;
        }

        try
        {
            Directory.CreateDirectory(folder);
            using var probe = new FileStream(Path.Combine(folder, ".probe"), new FileStreamOptions
            {
                Mode = FileMode.Create,
                Access = FileAccess.Write,
                Share = FileShare.ReadWrite | FileShare.Delete,
                Options = FileOptions.DeleteOnClose,
            });
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false;
        }
    }
}
