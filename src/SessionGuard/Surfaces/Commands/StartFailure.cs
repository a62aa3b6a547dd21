using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Security;

namespace SessionGuard.Surfaces.Commands;

/// <summary>Turns what an operator can put right into the one sentence that says how. Anything else is a fault of ours and keeps its stack.</summary>
internal static partial class StartFailure
{
    /// <returns>Null for a failure that no setting explains.</returns>
    public static string? Explain(Exception failure) => failure switch
    {
        StartException => failure.Message,
        OptionsValidationException fault => fault.Failures.First(),
        AggregateException { InnerExceptions: [var first, ..] } => Explain(first),
        InvalidOperationException when BindingFault().Match(failure.Message) is { Success: true } fault =>
            $"{fault.Groups["key"].Value} cannot be read as {Wanted(fault.Groups["type"].Value)}.",
        InvalidDataException { InnerException: { } reason } => $"{failure.Message} {reason.InnerException?.Message ?? reason.Message}",
        IOException { InnerException: AddressInUseException } =>
            $"{failure.Message.TrimEnd('.')}. Name another with --urls or ASPNETCORE_URLS, or stop the program that listens there.",
        SocketException => $"The address in --urls or ASPNETCORE_URLS cannot be listened on: {failure.Message}.",
        FormatException when failure.Message.StartsWith("Invalid url", StringComparison.Ordinal) =>
            $"--urls or ASPNETCORE_URLS is not an address to listen on, such as http://localhost:5080. {failure.Message}.",
        InvalidOperationException when failure.Message.StartsWith("Unable to configure HTTPS", StringComparison.Ordinal) =>
            "--urls or ASPNETCORE_URLS says https, and there is no certificate: name one with Kestrel:Certificates:Default:Path.",
        UnknownKeyException or AuthenticationTagMismatchException =>
            $"Security:MasterKeyFile holds another key than the one that the database was sealed with. Put that file back. {failure.Message}",
        _ => null,
    };

    private static string Wanted(string type) => Type.GetType(type) switch
    {
        { IsEnum: true } choice => $"one of {string.Join(", ", Enum.GetNames(choice))}",
        { } known when known == typeof(bool) => "true or false",
        { } known when known == typeof(TimeSpan) => "a duration such as 00:01:30",
        { } known when known == typeof(int) || known == typeof(long) => "a whole number",
        _ => "what it should be",
    };

    /// <summary>The configuration binder's own words; it has no type of its own for this.</summary>
    [GeneratedRegex("^Failed to convert configuration value .*at '(?<key>[^']+)' to type '(?<type>[^']+)'", RegexOptions.Singleline)]
    private static partial Regex BindingFault();
}
