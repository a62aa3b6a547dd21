using System.Diagnostics;
using System.Text.Json;

namespace SessionGuard.Benchmarks;

/// <summary>A load generator as a process of its own. It sends one round at a time: what is sent at once takes two of them.</summary>
internal sealed class Load : IAsyncDisposable
{
    private readonly Process _process;

    private Load(Process process) => _process = process;

    public static Load Start() => new(Process.Start(
        new ProcessStartInfo("dotnet", [typeof(Load).Assembly.Location, "load"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!);

    public async Task<RoundResult> SendAsync(Round round)
    {
        await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(round));
        await _process.StandardInput.FlushAsync();
        return JsonSerializer.Deserialize<RoundResult>((await _process.StandardOutput.ReadLineAsync())!)!;
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
