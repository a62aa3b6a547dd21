using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace SessionGuard.Platform.Hosting;

internal static class ServiceFeature
{
    /// <summary>Beneath every other source, so that an operator may ask for more.</summary>
    private static readonly Dictionary<string, string?> Defaults = new()
    {
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
        ["Logging:LogLevel:Microsoft.EntityFrameworkCore"] = "Warning",
        ["Logging:LogLevel:Hangfire"] = "Warning",
    };

    public static void AddService(this WebApplicationBuilder builder)
    {
        builder.AddSettings<ServiceOptions>("")
            .Validate(o => IsUsable(o.DataFolder), "DataFolder cannot be used: it must be a folder that this account may write to.");
        builder.Services.AddHostedService<UnknownSettings>();
        builder.Services.TryAddSingleton(TimeProvider.System); // the demo brings a clock of its own
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Defaults });
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
            Make(folder);
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

    /// <summary>What lies in it is about children: only the service's own account may look.</summary>
    private static void Make(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
