using System.Reflection;

namespace SessionGuard.Platform.Hosting;

/// <summary>Which version this is. The number stands in Directory.Build.props alone.</summary>
internal static class ServiceVersion
{
    /// <summary>Such as <c>1.2.3</c>, without the commit that <c>--version</c> tells too.</summary>
    public static string Number { get; } =
        typeof(ServiceVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
