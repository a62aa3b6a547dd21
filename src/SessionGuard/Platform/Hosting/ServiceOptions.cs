using System.ComponentModel.DataAnnotations;

namespace SessionGuard.Platform.Hosting;

/// <summary>What the whole service needs to know; bound to the root of the configuration.</summary>
internal sealed class ServiceOptions
{
    /// <summary>The address people and Zoom reach the service at. Every link in a mail starts with it; no request can change it.</summary>
    [Required, Url]
    public string PublicUrl { get; init; } = "http://localhost:5080";

    /// <summary>Folder for the SQLite database, the mail pickup folder and the key file. Default <c>./data</c>.</summary>
    [Required]
    public string DataFolder { get; init; } = "./data";
}
