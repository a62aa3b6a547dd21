using Microsoft.AspNetCore.Hosting.StaticWebAssets;
using Microsoft.Extensions.FileProviders;

namespace SessionGuard.Platform.Hosting;

internal static class WebRoot
{
    /// <summary>
    /// Finds the style sheet from whatever folder the service is started in: published, it lies beside the program; built, a manifest
    /// beside the program names where it is. The framework alone would look under the current folder.
    /// </summary>
    public static void FindWebRoot(this WebApplicationBuilder builder)
    {
        var published = Path.Combine(AppContext.BaseDirectory, "wwwroot");
        if (Directory.Exists(published))
        {
            builder.Environment.WebRootPath = published;
            builder.Environment.WebRootFileProvider = new PhysicalFileProvider(published);
        }
        else
        {
            StaticWebAssetsLoader.UseStaticWebAssets(builder.Environment, builder.Configuration);
        }
    }
}
